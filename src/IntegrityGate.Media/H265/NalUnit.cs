namespace IntegrityGate.Media.H265;

/// <summary>One NAL unit, start code or length prefix taken off (H.265 7.3.1).</summary>
/// <param name="bytes">Header and payload, emulation prevention bytes still in; may be shorter than the header.</param>
public readonly ref struct NalUnit(ReadOnlySpan<byte> bytes)
{
    /// <summary>Bytes of the header.</summary>
    public const int HeaderLength = 2;

    /// <summary>Header and payload, emulation prevention bytes still in.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>nal_unit_type.</summary>
    public NalUnitType Type => (NalUnitType)((Bytes[0] >> 1) & 0x3F);

    /// <summary>nuh_layer_id; the pictures that every decoder shows have 0.</summary>
    public int Layer => ((Bytes[0] & 1) << 5) | (Bytes.Length > 1 ? Bytes[1] >> 3 : 0);

    /// <summary>True for a slice of the base layer.</summary>
    public bool IsSlice => Type <= NalUnitType.LastSlice && Layer == 0 && Bytes.Length > HeaderLength;

    /// <summary>True for a slice of an IDR, CRA or BLA picture.</summary>
    public bool IsAccess => IsSlice && Type is >= NalUnitType.BlaWithLeading and <= NalUnitType.LastAccess;

    /// <summary>True for a video, sequence or picture parameter set.</summary>
    public bool IsParameterSet => Type is >= NalUnitType.VideoParameterSet and <= NalUnitType.PictureParameterSet;
}
