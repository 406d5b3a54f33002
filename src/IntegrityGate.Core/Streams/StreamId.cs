namespace IntegrityGate.Core.Streams;

/// <summary>
/// The public name of a stream: what URLs, metrics, traces, the page and the feed show. It is derived from the publish key
/// by a keyed hash, so it is stable over reconnects and restarts and tells nothing of the key, which is a secret.
/// </summary>
/// <param name="Value">Lower-case letters, digits and <c>-</c>; at most 64 characters.</param>
public readonly record struct StreamId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
