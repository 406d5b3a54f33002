namespace IntegrityGate.Media.Amf;

/// <summary>An AMF3 byte array.</summary>
/// <param name="Value">The bytes.</param>
public sealed record AmfBytes(ReadOnlyMemory<byte> Value) : AmfValue
{
    /// <inheritdoc/>
    public bool Equals(AmfBytes? other) => other is not null && Value.Span.SequenceEqual(other.Value.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.Length;
}
