using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Amf;

namespace IntegrityGate.Egress;

/// <summary>The newest metadata and decoder configurations that went past, to greet a player that joins or an upstream that came back. Not safe for two threads.</summary>
internal sealed class StreamHeaders
{
    private MediaPacket? _metadata;
    private MediaPacket? _video;
    private MediaPacket? _audio;

    /// <summary>True once there was a video configuration.</summary>
    public bool HasVideo => _video is not null;

    /// <summary>Metadata, video, audio, as far as known.</summary>
    public IEnumerable<MediaPacket> All => new[] { _metadata, _video, _audio }.OfType<MediaPacket>();

    /// <summary>Keeps a packet when it is a header.</summary>
    /// <returns>True when it is one.</returns>
    public bool Remember(MediaPacket packet)
    {
        if (packet.Kind == MediaKind.Data)
            return OnMetaData.IsMatch(packet.Payload.Span) && Keep(ref _metadata, packet);
        if (!packet.IsSequenceHeader)
            return false;
        return packet.Kind == MediaKind.Video ? Keep(ref _video, packet) : Keep(ref _audio, packet);
    }

    /// <summary>True when a decoder configuration is, byte for byte, the one that is kept.</summary>
    public bool Holds(MediaPacket configuration) =>
        (configuration.Kind == MediaKind.Video ? _video : _audio) is { } kept && kept.Payload.Span.SequenceEqual(configuration.Payload.Span);

    /// <summary>Gives back what is kept.</summary>
    public void Clear()
    {
        _metadata?.Release();
        _video?.Release();
        _audio?.Release();
        _metadata = _video = _audio = null;
    }

    private static bool Keep(ref MediaPacket? slot, MediaPacket packet)
    {
        packet.Retain();
        slot?.Release();
        slot = packet;
        return true;
    }
}
