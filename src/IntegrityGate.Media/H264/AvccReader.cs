namespace IntegrityGate.Media.H264;

/// <summary>
/// Walks the NAL units of an access unit in length-prefixed form, as FLV and MP4 carry it (ISO/IEC 14496-15 5.3.4.2). It stops
/// at the first length that does not fit; <see cref="IsDamaged"/> then says so. Never throws, whatever the bytes.
/// </summary>
/// <param name="accessUnit">The coded data, without the tag header.</param>
/// <param name="lengthSize">Bytes of a length prefix: 1, 2 or 4; any other value reads as damaged.</param>
public ref struct AvccReader(ReadOnlySpan<byte> accessUnit, int lengthSize)
{
    private ReadOnlySpan<byte> _rest = accessUnit;

    /// <summary>True when the walk ended on a length that does not fit the bytes.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>The unit that <see cref="Next"/> found.</summary>
    public NalUnit Current { get; private set; }

    /// <summary>Bytes behind the unit that <see cref="Next"/> found.</summary>
    public readonly int Remaining => _rest.Length;

    /// <summary>Goes to the next unit; zero-length ones are passed over.</summary>
    /// <returns>False at the end or at damage.</returns>
    public bool Next()
    {
        while (!_rest.IsEmpty)
        {
            if (lengthSize is not (1 or 2 or 4) || _rest.Length < lengthSize)
                return Damaged();
            uint length = 0;
            for (var i = 0; i < lengthSize; i++)
                length = (length << 8) | _rest[i];
            if (length > _rest.Length - lengthSize)
                return Damaged();
            var unit = _rest.Slice(lengthSize, (int)length);
            _rest = _rest[(lengthSize + (int)length)..];
            if (unit.IsEmpty)
                continue;
            Current = new NalUnit(unit);
            return true;
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
