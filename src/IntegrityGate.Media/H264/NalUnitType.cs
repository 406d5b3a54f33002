namespace IntegrityGate.Media.H264;

/// <summary>The NAL unit types that the gate acts on (H.264 table 7-1); others pass through.</summary>
public enum NalUnitType : byte
{
    /// <summary>Slice of a picture that is not an IDR picture.</summary>
    Slice = 1,

    /// <summary>Slice of an IDR picture: the one place where a decoder needs nothing from before.</summary>
    Idr = 5,

    /// <summary>Supplemental enhancement information.</summary>
    Sei = 6,

    /// <summary>Sequence parameter set.</summary>
    SequenceParameterSet = 7,

    /// <summary>Picture parameter set.</summary>
    PictureParameterSet = 8,

    /// <summary>Access unit delimiter; the first NAL unit of its access unit when there is one (7.4.1.2.3).</summary>
    AccessUnitDelimiter = 9,

    /// <summary>End of sequence.</summary>
    EndOfSequence = 10,

    /// <summary>End of stream.</summary>
    EndOfStream = 11,
}
