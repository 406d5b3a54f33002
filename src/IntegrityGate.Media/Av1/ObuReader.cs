namespace IntegrityGate.Media.Av1;

/// <summary>
/// Walks the open bitstream units of a temporal unit (AV1 5.3). It stops at the first that does not fit; <see cref="IsDamaged"/>
/// then says so. Never throws, whatever the bytes.
/// </summary>
/// <param name="temporalUnit">The coded data, without the tag header.</param>
public ref struct ObuReader(ReadOnlySpan<byte> temporalUnit)
{
    private ReadOnlySpan<byte> _rest = temporalUnit;

    /// <summary>True when the walk ended on a unit that does not fit the bytes.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Type of the unit that <see cref="Next"/> found.</summary>
    public ObuType Type { get; private set; }

    /// <summary>The unit, header and size included.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>What stands behind header and size.</summary>
    public ReadOnlySpan<byte> Payload { get; private set; }

    /// <summary>Goes to the next unit.</summary>
    /// <returns>False at the end or at damage.</returns>
    public bool Next()
    {
        if (_rest.IsEmpty)
            return false;
        var header = _rest[0];
        if ((header & 0x80) != 0) // obu_forbidden_bit
            return Damaged();
        var at = (header & 0x04) != 0 ? 2 : 1; // obu_extension_flag
        if (at > _rest.Length)
            return Damaged();
        long size = _rest.Length - at;
        if ((header & 0x02) != 0 && !ReadSize(ref at, out size)) // obu_has_size_field
            return Damaged();
        if (size > _rest.Length - at)
            return Damaged();
        Type = (ObuType)((header >> 3) & 0x0F);
        Bytes = _rest[..(at + (int)size)];
        Payload = Bytes[at..];
        _rest = _rest[Bytes.Length..];
        return true;
    }

    // leb128 (4.10.5): at most eight bytes, and a value below 2^32.
    private readonly bool ReadSize(ref int at, out long size)
    {
        size = 0;
        for (var i = 0; i < 8; i++)
        {
            if (at >= _rest.Length)
                return false;
            var one = _rest[at++];
            size |= (long)(one & 0x7F) << (7 * i);
            if ((one & 0x80) == 0)
                return size <= uint.MaxValue;
        }

        return false;
    }

    private bool Damaged()
    {
        IsDamaged = true;
        _rest = default;
        return false;
    }
}
