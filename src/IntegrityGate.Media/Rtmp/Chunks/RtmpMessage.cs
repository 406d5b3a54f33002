using IntegrityGate.Core.Packets;

namespace IntegrityGate.Media.Rtmp.Chunks;

/// <summary>One message off the wire. Whoever reads it owns the hold on its body.</summary>
/// <param name="Type">The message type.</param>
/// <param name="StreamId">The message stream it belongs to; 0 for the connection.</param>
/// <param name="Body">The bytes with their unwrapped time, held for the caller; null for a message that was passed over.</param>
public readonly record struct RtmpMessage(MessageType Type, uint StreamId, MediaPacket? Body)
{
    /// <summary>True for audio, video and data.</summary>
    public bool IsMedia => Type is MessageType.Audio or MessageType.Video or MessageType.DataAmf0 or MessageType.DataAmf3;
}
