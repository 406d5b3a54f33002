using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Egress;

/// <summary>One RTMP player's place at a hub.</summary>
internal sealed class HubPlayback(StreamHub hub, PacketQueue queue) : IPlayback
{
    /// <inheritdoc/>
    public ValueTask<MediaPacket?> ReadAsync(CancellationToken cancellationToken) => queue.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public bool TryRead(out MediaPacket? packet) => queue.TryRead(out packet);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        hub.Leave(queue);
        return ValueTask.CompletedTask;
    }
}
