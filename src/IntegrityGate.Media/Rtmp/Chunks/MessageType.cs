namespace IntegrityGate.Media.Rtmp.Chunks;

/// <summary>RTMP message types (RTMP 1.0, 5.4 and 7.1).</summary>
public enum MessageType : byte
{
    /// <summary>Not a message.</summary>
    None = 0,

    /// <summary>Set chunk size (5.4.1).</summary>
    SetChunkSize = 1,

    /// <summary>Abort a message under way (5.4.2).</summary>
    Abort = 2,

    /// <summary>Acknowledgement of bytes (5.4.3).</summary>
    Acknowledgement = 3,

    /// <summary>User control (6.2).</summary>
    UserControl = 4,

    /// <summary>Window acknowledgement size (5.4.4).</summary>
    WindowAckSize = 5,

    /// <summary>Set peer bandwidth (5.4.5).</summary>
    SetPeerBandwidth = 6,

    /// <summary>Audio (7.1.4).</summary>
    Audio = 8,

    /// <summary>Video (7.1.5).</summary>
    Video = 9,

    /// <summary>Data in AMF3 (7.1.2).</summary>
    DataAmf3 = 15,

    /// <summary>Shared object in AMF3 (7.1.3); passed over.</summary>
    SharedObjectAmf3 = 16,

    /// <summary>Command in AMF3 (7.1.1).</summary>
    CommandAmf3 = 17,

    /// <summary>Data in AMF0 (7.1.2).</summary>
    DataAmf0 = 18,

    /// <summary>Shared object in AMF0 (7.1.3); passed over.</summary>
    SharedObjectAmf0 = 19,

    /// <summary>Command in AMF0 (7.1.1).</summary>
    CommandAmf0 = 20,

    /// <summary>Several messages in one (7.1.6).</summary>
    Aggregate = 22,
}
