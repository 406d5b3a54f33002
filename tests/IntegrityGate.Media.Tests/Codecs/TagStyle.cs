namespace IntegrityGate.Media.Tests.Codecs;

/// <summary>The ways in which publishers write the video messages of one stream.</summary>
public enum TagStyle
{
    /// <summary>Codec id 7 or 12, as before enhanced RTMP.</summary>
    Legacy,

    /// <summary>FourCC, every picture with its composition offset.</summary>
    CodedFrames,

    /// <summary>FourCC, offsets of 0 left out.</summary>
    CodedFramesX,

    /// <summary>The same with a nanosecond offset before each picture (ModEx).</summary>
    Nanoseconds,

    /// <summary>Track 0 of a multitrack stream, a track a message.</summary>
    TrackZero,
}
