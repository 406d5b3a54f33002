namespace IntegrityGate.Media.H265;

/// <summary>The NAL unit types that the gate acts on (H.265 table 7-1); others pass through.</summary>
public enum NalUnitType : byte
{
    /// <summary>Decodable leading picture that no picture of its sub-layer refers to; the first of the leading types.</summary>
    RadlN = 6,

    /// <summary>Decodable leading picture.</summary>
    RadlR = 7,

    /// <summary>Skipped leading picture that no picture of its sub-layer refers to: it refers to pictures before its CRA or BLA.</summary>
    RaslN = 8,

    /// <summary>Skipped leading picture.</summary>
    RaslR = 9,

    /// <summary>Broken link access that skipped leading pictures may follow; the first of the access types.</summary>
    BlaWithLeading = 16,

    /// <summary>Broken link access that only decodable leading pictures may follow.</summary>
    BlaWithDecodable = 17,

    /// <summary>Broken link access without leading pictures.</summary>
    BlaPlain = 18,

    /// <summary>Instantaneous refresh that decodable leading pictures may follow.</summary>
    IdrWithDecodable = 19,

    /// <summary>Instantaneous refresh without leading pictures.</summary>
    IdrPlain = 20,

    /// <summary>Clean access: what is shown after it needs nothing from before it; what is shown before it may.</summary>
    Cra = 21,

    /// <summary>The last type kept for access pictures.</summary>
    LastAccess = 23,

    /// <summary>The last type of a slice.</summary>
    LastSlice = 31,

    /// <summary>Video parameter set.</summary>
    VideoParameterSet = 32,

    /// <summary>Sequence parameter set.</summary>
    SequenceParameterSet = 33,

    /// <summary>Picture parameter set.</summary>
    PictureParameterSet = 34,

    /// <summary>Access unit delimiter; the first NAL unit of its access unit when there is one (7.4.2.4.4).</summary>
    AccessUnitDelimiter = 35,

    /// <summary>Supplemental enhancement information before the picture.</summary>
    PrefixSei = 39,
}
