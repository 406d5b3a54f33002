namespace IntegrityGate.Media.H264;

/// <summary>Walks the NAL units of a byte stream with start codes (H.264 annex B), as transport streams carry it. Never throws.</summary>
/// <param name="bytes">The byte stream; what stands before the first start code is passed over.</param>
public ref struct AnnexBReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = AfterStartCode(bytes);

    /// <summary>The unit that <see cref="Next"/> found.</summary>
    public NalUnit Current { get; private set; }

    /// <summary>Goes to the next unit; empty ones are passed over.</summary>
    public bool Next()
    {
        while (!_rest.IsEmpty)
        {
            var end = _rest.IndexOf(StartCode);
            var unit = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? default : _rest[(end + StartCode.Length)..];
            unit = unit.TrimEnd((byte)0); // trailing_zero_8bits and the zero_byte of a four-byte start code, B.1.1
            if (unit.IsEmpty)
                continue;
            Current = new NalUnit(unit);
            return true;
        }

        return false;
    }

    private static ReadOnlySpan<byte> StartCode => [0, 0, 1];

    private static ReadOnlySpan<byte> AfterStartCode(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOf(StartCode) is var at and >= 0 ? bytes[(at + StartCode.Length)..] : default;
}
