using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.LoadHarness.Load;

/// <summary>A stream that arrives; null is one that nobody asked for, as a relay brings that outlives a measurement.</summary>
internal sealed class SinkPublication(PublishedStream? stream) : IPublication
{
    /// <inheritdoc/>
    public CancellationToken Ending => CancellationToken.None;

    /// <inheritdoc/>
    public PublicationEnd? End => null;

    /// <inheritdoc/>
    public ValueTask WriteAsync(MediaPacket packet, CancellationToken ct)
    {
        stream?.Receive(packet);
        packet.Release();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync(GateFault fault, string reason) => ValueTask.CompletedTask;
}
