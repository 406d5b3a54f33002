using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;

namespace IntegrityGate.Media.Rtmp;

/// <summary>A stream that the program accepted: the place where a publisher's packets go. The server calls it from one loop.</summary>
public interface IPublication
{
    /// <summary>Takes a packet and the caller's hold on it. Not completing is back-pressure: the publisher's socket is not read meanwhile.</summary>
    ValueTask WriteAsync(MediaPacket packet, CancellationToken ct);

    /// <summary>The stream is over. Called exactly once, whatever happened.</summary>
    /// <param name="fault">Which side ended it.</param>
    /// <param name="reason">In words, for logs.</param>
    ValueTask CompleteAsync(GateFault fault, string reason);

    /// <summary>Fires when the program wants the stream to end; <see cref="End"/> is set before.</summary>
    CancellationToken Ending { get; }

    /// <summary>What the publisher is told when <see cref="Ending"/> fires.</summary>
    PublicationEnd? End { get; }
}
