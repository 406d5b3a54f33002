using IntegrityGate.Core.Packets;

namespace IntegrityGate.Looking.Listening;

/// <summary>A window of a stream's sound that was picked: its packets and their decoder configuration, held until it is disposed.</summary>
internal sealed class AudioSample : IDisposable
{
    private MediaPacket[]? _packets;
    private MediaPacket? _header;

    /// <summary>Takes holds on the header and the packets.</summary>
    /// <param name="header">Decoder configuration; null for a codec that has none.</param>
    /// <param name="packets">In their order, at least one.</param>
    /// <param name="isStart">True when the stream begins with them.</param>
    public AudioSample(MediaPacket? header, IReadOnlyList<MediaPacket> packets, bool isStart)
    {
        _header = header?.Retain();
        _packets = [.. packets.Select(packet => packet.Retain())];
        IsStart = isStart;
    }

    /// <summary>True when the stream begins with it.</summary>
    public bool IsStart { get; }

    /// <summary>Decoder configuration.</summary>
    public MediaPacket? Header => _header;

    /// <summary>The packets.</summary>
    public IReadOnlyList<MediaPacket> Packets => _packets ?? throw new ObjectDisposedException(nameof(AudioSample));

    /// <summary>Releases the packets.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _packets, null) is not { } packets)
            return;
        foreach (var packet in packets)
            packet.Release();
        _header?.Release();
        _header = null;
    }
}
