namespace IntegrityGate.Core.Packets;

/// <summary>What a packet's payload is coded with, as far as the gate needs to know.</summary>
public enum MediaCodec : byte
{
    /// <summary>Not read, or not known to the gate; passes through uninspected.</summary>
    Unknown = 0,

    /// <summary>H.264 / AVC.</summary>
    H264,

    /// <summary>H.265 / HEVC.</summary>
    Hevc,

    /// <summary>AV1.</summary>
    Av1,

    /// <summary>VP8.</summary>
    Vp8,

    /// <summary>VP9.</summary>
    Vp9,

    /// <summary>AAC.</summary>
    Aac,

    /// <summary>MP3.</summary>
    Mp3,

    /// <summary>Opus.</summary>
    Opus,

    /// <summary>FLAC.</summary>
    Flac,

    /// <summary>AC-3.</summary>
    Ac3,

    /// <summary>Enhanced AC-3.</summary>
    Eac3,

    /// <summary>AMF0 script data.</summary>
    Script,
}
