using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Time;
using IntegrityGate.Media.Amf;

namespace IntegrityGate.Egress;

/// <summary>
/// Keeps the outgoing <c>onMetaData</c> true to the verdict: while AI content is established it carries a conformant
/// <c>AIGC</c> property (GB 45438-2025 Annex E; Measures art. 6 asks it of the platform), repeated when the publisher
/// sends its metadata again. Every other byte stays the publisher's. <see cref="Mark"/> may be called from any thread, the
/// rest by the packet loop only.
/// </summary>
public sealed class MetadataMarker(PacketPool pool)
{
    private readonly Lock _gate = new();
    private byte[]? _source;
    private string? _json;
    private bool _pending;

    /// <summary>The JSON that is to stand in the metadata from now on, or null for the publisher's own.</summary>
    public void Mark(string? aigcJson)
    {
        lock (_gate)
        {
            if (_json == aigcJson)
                return;
            _json = aigcJson;
            _pending = true;
        }
    }

    /// <summary>
    /// Passes a script packet: the publisher's metadata is remembered and goes out marked when a mark is due. Takes over the
    /// caller's hold and returns a packet held for the caller.
    /// </summary>
    public MediaPacket Pass(MediaPacket packet)
    {
        if (!OnMetaData.IsMatch(packet.Payload.Span))
            return packet;
        lock (_gate)
        {
            _source = packet.Payload.ToArray();
            _pending = false;
            if (_json is null)
                return packet;
            var marked = Compose(packet.Dts, _json);
            packet.Release();
            return marked;
        }
    }

    /// <summary>A fresh metadata packet when the mark has changed since the last one, held for the caller.</summary>
    public MediaPacket? TakePending(MediaTime at)
    {
        if (!Volatile.Read(ref _pending))
            return null;
        lock (_gate)
        {
            _pending = false;
            if (_json is not null)
                return Compose(at, _json);
            return _source is null ? null : Packet(at, _source);
        }
    }

    /// <summary>What was last sent, once more, held for the caller: a sign of life while the publisher is away.</summary>
    public MediaPacket Repeat(MediaTime at)
    {
        lock (_gate)
        {
            if (_json is not null)
                return Compose(at, _json);
            return Packet(at, _source ?? OnMetaData.Create("server", "IntegrityGate"));
        }
    }

    // Under the lock, so that what is decided is what is sent.
    private MediaPacket Compose(MediaTime at, string json) => Packet(
        at,
        _source is not null && OnMetaData.TryParse(_source, out var metadata) ? metadata.WithProperty(AigcJson.PropertyName, json) : OnMetaData.Create(AigcJson.PropertyName, json));

    private MediaPacket Packet(MediaTime at, byte[] payload) => pool.Copy(MediaKind.Data, at, payload, new PacketTraits(MediaCodec.Script));
}
