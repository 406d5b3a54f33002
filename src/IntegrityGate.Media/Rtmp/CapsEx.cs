namespace IntegrityGate.Media.Rtmp;

/// <summary>Extended capabilities (E-RTMP v2, CapsExMask).</summary>
[Flags]
public enum CapsEx
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Understands <see cref="RtmpStatus.ReconnectRequest"/>.</summary>
    Reconnect = 1,

    /// <summary>Understands multitrack messages.</summary>
    Multitrack = 2,

    /// <summary>Parses ModEx prefixes.</summary>
    ModEx = 4,

    /// <summary>Understands the nanosecond offset of ModEx.</summary>
    TimestampNanoOffset = 8,
}
