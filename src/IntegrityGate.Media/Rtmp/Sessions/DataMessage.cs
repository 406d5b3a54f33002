using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Amf;
using IntegrityGate.Media.Flv;
using IntegrityGate.Media.Rtmp.Chunks;

namespace IntegrityGate.Media.Rtmp.Sessions;

/// <summary>Brings data messages into the form of an FLV tag, which is how packets travel inside the gate.</summary>
internal static class DataMessage
{
    /// <summary>
    /// Takes the hold on a data message's packet and gives one back: without the format selector of type 15, and metadata without the
    /// <c>@setDataFrame</c> that only publishers write (it is written again on the way to the upstream).
    /// </summary>
    public static MediaPacket Normalise(PacketPool pool, MessageType type, MediaPacket packet)
    {
        var payload = packet.Payload.Span;
        var cut = type == MessageType.DataAmf3 && payload is [0, ..] ? 1 : 0;
        var prefix = OnMetaData.PrefixLength(payload[cut..]);
        if (prefix > 0 && OnMetaData.IsMatch(payload[cut..]))
            cut += prefix;
        if (cut == 0)
            return packet;
        var bare = pool.Copy(MediaKind.Data, packet.Dts, payload[cut..], receivedTimestamp: packet.ReceivedTimestamp);
        bare.Describe(TagClassifier.Classify(MediaKind.Data, bare.Payload.Span));
        packet.Release();
        return bare;
    }
}
