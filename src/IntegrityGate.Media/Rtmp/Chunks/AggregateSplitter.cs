using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Time;
using IntegrityGate.Media.Flv;

namespace IntegrityGate.Media.Rtmp.Chunks;

/// <summary>
/// Takes the messages out of an aggregate (RTMP 1.0, 7.1.6): FLV tags one behind the other, their times moved so that the first one
/// has the aggregate's. What follows damage is dropped.
/// </summary>
internal sealed class AggregateSplitter(PacketPool pool, MediaPacket aggregate, uint streamId) : IDisposable
{
    private MediaPacket? _aggregate = aggregate;
    private int _at;
    private uint _first;

    /// <summary>Takes out the next audio, video or data message; gives the aggregate back after the last.</summary>
    public bool TryNext(out RtmpMessage message)
    {
        message = default;
        while (_aggregate is { } whole && whole.Payload.Length - _at >= 11)
        {
            var tag = whole.Payload.Span[_at..];
            var length = (tag[1] << 16) | (tag[2] << 8) | tag[3];
            if (length > tag.Length - 11)
                break;
            var wire = (uint)((tag[7] << 24) | (tag[4] << 16) | (tag[5] << 8) | tag[6]);
            if (_at == 0)
                _first = wire;
            _at += Math.Min(11 + length + 4, tag.Length); // the last back pointer may be missing
            var type = (MessageType)(tag[0] & 0x1F);
            var kind = (MediaKind)type;
            if (kind is not (MediaKind.Audio or MediaKind.Video or MediaKind.Data))
                continue;
            var dts = new MediaTime(whole.Dts.Milliseconds + (int)(wire - _first));
            var packet = pool.Copy(kind, dts, tag.Slice(11, length), receivedTimestamp: whole.ReceivedTimestamp);
            message = new RtmpMessage(type, streamId, packet.Describe(TagClassifier.Classify(kind, packet.Payload.Span)));
            return true;
        }

        Dispose();
        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _aggregate?.Release();
        _aggregate = null;
    }
}
