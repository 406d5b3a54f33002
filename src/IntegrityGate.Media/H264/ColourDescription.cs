namespace IntegrityGate.Media.H264;

/// <summary>The colour tags of a sequence parameter set (H.264 E.2.1); the values are those of ISO/IEC 23091-2.</summary>
/// <param name="VideoFormat">Table E-2; 5 when unspecified.</param>
/// <param name="IsFullRange">True when luma uses 0..255.</param>
/// <param name="Primaries">Table E-3; 2 when unspecified.</param>
/// <param name="Transfer">Table E-4; 2 when unspecified.</param>
/// <param name="Matrix">Table E-5; 2 when unspecified.</param>
public sealed record ColourDescription(int VideoFormat, bool IsFullRange, int Primaries, int Transfer, int Matrix)
{
    /// <summary>What holds when nothing is said.</summary>
    public static ColourDescription Unspecified { get; } = new(5, false, 2, 2, 2);
}
