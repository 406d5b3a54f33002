using IntegrityGate.Core.Packets;

namespace IntegrityGate.Media.Rtmp.Chunks;

/// <summary>What the reader remembers of one chunk stream: the last header, and the message under way.</summary>
internal sealed class ChunkStream
{
    /// <summary>Absolute time of the message, as 32 bits on the wire.</summary>
    public uint Timestamp { get; set; }

    /// <summary>The time field of the last header as it was sent (absolute or delta), which a type 3 chunk repeats when extended.</summary>
    public uint Field { get; set; }

    /// <summary>Milliseconds that a type 3 chunk adds when it starts a message.</summary>
    public uint Delta { get; set; }

    /// <summary>True when the last header carried an extended time stamp.</summary>
    public bool IsExtended { get; set; }

    /// <summary>True when the last header was of type 0, after which the delta of a type 3 start is disputed.</summary>
    public bool IsAfterAbsolute { get; set; }

    /// <summary>Length of the message, bytes.</summary>
    public int Length { get; set; }

    /// <summary>Type of the message.</summary>
    public MessageType Type { get; set; }

    /// <summary>Message stream of the message.</summary>
    public uint StreamId { get; set; }

    /// <summary>True while a message has begun and not ended.</summary>
    public bool IsUnderWay { get; set; }

    /// <summary>Bytes of the message that came in.</summary>
    public int Received { get; set; }

    /// <summary>The message's bytes; null when it is passed over.</summary>
    public MediaPacket? Body { get; set; }
}
