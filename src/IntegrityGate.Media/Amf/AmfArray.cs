namespace IntegrityGate.Media.Amf;

/// <summary>An ordered list: AMF0 strict array, or the dense part of an AMF3 array or vector.</summary>
/// <param name="Items">The elements.</param>
public sealed record AmfArray(IReadOnlyList<AmfValue> Items) : AmfValue
{
    /// <inheritdoc/>
    public bool Equals(AmfArray? other) => other is not null && Items.SequenceEqual(other.Items);

    /// <inheritdoc/>
    public override int GetHashCode() => Items.Count;
}
