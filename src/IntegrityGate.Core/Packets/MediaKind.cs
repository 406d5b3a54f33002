namespace IntegrityGate.Core.Packets;

/// <summary>The three message types that carry a stream; the values are the FLV tag types (FLV 10.1, E.4.1).</summary>
public enum MediaKind : byte
{
    /// <summary>Audio data, tag type 8.</summary>
    Audio = 8,

    /// <summary>Video data, tag type 9.</summary>
    Video = 9,

    /// <summary>Script data (AMF0), tag type 18.</summary>
    Data = 18,
}
