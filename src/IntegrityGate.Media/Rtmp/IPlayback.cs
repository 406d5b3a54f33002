using System.Diagnostics.CodeAnalysis;
using IntegrityGate.Core.Packets;

namespace IntegrityGate.Media.Rtmp;

/// <summary>One player's queue of packets. It bounds itself: the server reads it no faster than the player's socket takes bytes.</summary>
public interface IPlayback : IAsyncDisposable
{
    /// <summary>Waits for the next packet, held for the caller; null is the end of the stream.</summary>
    ValueTask<MediaPacket?> ReadAsync(CancellationToken ct);

    /// <summary>Takes the next packet if one waits; a null packet with true is the end of the stream.</summary>
    [SuppressMessage("Design", "CA1021:Avoid out parameters", Justification = "The framework's Try pattern.")]
    bool TryRead(out MediaPacket? packet);
}
