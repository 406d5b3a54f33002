namespace IntegrityGate.Core.Streams;

/// <summary>
/// The stream name that an encoder publishes to, query included, exactly as it came: a credential. It goes to the upstream
/// byte for byte and nowhere else; <see cref="ToString"/> is redacted so that no log line or trace can show it by accident.
/// </summary>
public sealed class StreamKey(string secret) : IEquatable<StreamKey>
{
    /// <summary>The credential itself. Name it only where it goes back on the wire.</summary>
    public string Secret { get; } = secret;

    /// <summary>The name without its query.</summary>
    public string Name => Secret.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? Secret[..at] : Secret;

    /// <summary>The query without its question mark; empty when there is none.</summary>
    public string Query => Secret.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? Secret[(at + 1)..] : "";

    /// <inheritdoc/>
    public bool Equals(StreamKey? other) => other is not null && string.Equals(Secret, other.Secret, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as StreamKey);

    /// <inheritdoc/>
    public override int GetHashCode() => Secret.GetHashCode(StringComparison.Ordinal);

    /// <summary>Never the key.</summary>
    public override string ToString() => "[key]";
}
