namespace IntegrityGate.Media.Av1;

/// <summary>The types of open bitstream units that the gate acts on (AV1 6.2.2); others pass through.</summary>
public enum ObuType : byte
{
    /// <summary>What all frames have in common.</summary>
    SequenceHeader = 1,

    /// <summary>The start of a temporal unit; not stored in FLV or MP4 samples.</summary>
    TemporalDelimiter = 2,

    /// <summary>A frame's header.</summary>
    FrameHeader = 3,

    /// <summary>Light levels, mastering display and other things besides pictures.</summary>
    Metadata = 5,

    /// <summary>A frame's header and its tiles.</summary>
    Frame = 6,
}
