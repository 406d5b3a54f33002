using IntegrityGate.Core.Packets;

namespace IntegrityGate.Media.Splicing;

/// <summary>Where a stream's packets go, in their final order. Called from one thread at a time; must not block.</summary>
public interface IPacketSink
{
    /// <summary>Takes a packet over, with the caller's hold on it.</summary>
    void Write(MediaPacket packet);
}
