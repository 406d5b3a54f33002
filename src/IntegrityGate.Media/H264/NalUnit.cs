namespace IntegrityGate.Media.H264;

/// <summary>One NAL unit, start code or length prefix taken off (H.264 7.3.1). Empty units never come out of the readers.</summary>
public readonly ref struct NalUnit(ReadOnlySpan<byte> bytes)
{
    /// <summary>Header byte and payload, emulation prevention bytes still in.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>The type in the low five bits of the header.</summary>
    public NalUnitType Type => (NalUnitType)(Bytes[0] & 0x1F);

    /// <summary>0 for a picture that no other picture refers to, so that it can be left out without harm (7.4.1).</summary>
    public int ReferenceIdc => (Bytes[0] >> 5) & 3;
}
