namespace IntegrityGate.Media.Matroska;

/// <summary>Matroska element ids that the gate writes or acts on, length marker included (RFC 9559 section 5, RFC 8794 section 11.2).</summary>
internal static class ElementId
{
    /// <summary>The head of the file.</summary>
    public const uint Ebml = 0x1A45DFA3;

    /// <summary>The name of what follows; "matroska".</summary>
    public const uint DocType = 0x4282;

    /// <summary>All that follows.</summary>
    public const uint Segment = 0x18538067;

    /// <summary>General information.</summary>
    public const uint Info = 0x1549A966;

    /// <summary>Nanoseconds in a unit of time.</summary>
    public const uint TimestampScale = 0x2AD7B1;

    /// <summary>The library's name.</summary>
    public const uint MuxingApp = 0x4D80;

    /// <summary>The program's name.</summary>
    public const uint WritingApp = 0x5741;

    /// <summary>The list of tracks.</summary>
    public const uint Tracks = 0x1654AE6B;

    /// <summary>One track.</summary>
    public const uint TrackEntry = 0xAE;

    /// <summary>Its number.</summary>
    public const uint TrackNumber = 0xD7;

    /// <summary>Its unique id.</summary>
    public const uint TrackUid = 0x73C5;

    /// <summary>Its kind; 1 for video.</summary>
    public const uint TrackType = 0x83;

    /// <summary>Its codec's name.</summary>
    public const uint CodecId = 0x86;

    /// <summary>Its codec's configuration.</summary>
    public const uint CodecPrivate = 0x63A2;

    /// <summary>Nanoseconds of a picture.</summary>
    public const uint DefaultDuration = 0x23E383;

    /// <summary>Properties of a video track.</summary>
    public const uint Video = 0xE0;

    /// <summary>Width in px.</summary>
    public const uint PixelWidth = 0xB0;

    /// <summary>Height in px.</summary>
    public const uint PixelHeight = 0xBA;

    /// <summary>Properties of an audio track.</summary>
    public const uint Audio = 0xE1;

    /// <summary>Samples a second, a floating-point number.</summary>
    public const uint SamplingFrequency = 0xB5;

    /// <summary>Channels.</summary>
    public const uint Channels = 0x9F;

    /// <summary>Blocks of one stretch of time.</summary>
    public const uint Cluster = 0x1F43B675;

    /// <summary>The time that a cluster's blocks count from.</summary>
    public const uint Timestamp = 0xE7;

    /// <summary>A block with its properties around it.</summary>
    public const uint BlockGroup = 0xA0;

    /// <summary>A block in a group.</summary>
    public const uint Block = 0xA1;

    /// <summary>A block by itself.</summary>
    public const uint SimpleBlock = 0xA3;
}
