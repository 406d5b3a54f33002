using IntegrityGate.EndToEnd.Tests.Interop.Compatibility;
using IntegrityGate.EndToEnd.Tests.Support;
using IntegrityGate.Media.Amf;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Rtmp.Chunks;
using IntegrityGate.Media.Tests.Rtmp;

namespace IntegrityGate.EndToEnd.Tests.Interop;

/// <summary>
/// A publisher with the habits of srs-librtmp and of librtmp before 2024: large chunks, each message with a full header, clocks that
/// start anywhere, and extended times that are or are not repeated in the chunks that continue a message.
/// </summary>
[Collection(InteropTestGroup.Name)]
public sealed class ScriptedPublisherTests
{
    private const int ChunkSize = 4096;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Peer("a scripted client with the habits of srs-librtmp", "publisher", "full session over the 24-bit mark of the clock, extended times repeated or not; every payload equal at nginx-rtmp behind the gate")]
    public async Task What_an_old_librtmp_publishes_over_the_24_bit_mark_is_what_nginx_rtmp_records(bool repeatsExtendedTime)
    {
        var clip = await Clips.CornerAsync(seconds: 5);
        await using var nginx = await NginxRtmp.StartAsync();
        await using var gate = await GateProcess.StartAsync($"upstream:\n  url: {nginx.Url}\ninspection:\n  enabled: false\n");
        using var peer = await ScriptedPeer.OpenAsync(gate.RtmpPort, new AmfObject
        {
            { "app", "live" }, { "flashVer", "FMLE/3.0 (compatible; srs-librtmp)" }, { "tcUrl", gate.Rtmp }, { "type", "nonprivate" }, { "objectEncoding", 0 },
        });
        await peer.MessageAsync(MessageType.SetChunkSize, 0, 0, Wire.BigEndian(ChunkSize));
        await peer.CommandAsync("releaseStream", 2, AmfNull.Value, "scripted");
        await peer.CommandAsync("FCPublish", 3, AmfNull.Value, "scripted");
        await peer.CommandAsync("createStream", 4, AmfNull.Value);
        await peer.CommandAsync("publish", 5, 1, AmfNull.Value, "scripted", "live");
        Assert.Equal(RtmpStatus.PublishStart, (await peer.UntilAsync("onStatus")).Code);

        foreach (var tag in FlvRecording.Read(clip).Tags)
        {
            var time = (uint)(0xFFFFFF - 2000 + tag.Dts);
            var type = tag.Kind switch { Core.Packets.MediaKind.Video => MessageType.Video, Core.Packets.MediaKind.Audio => MessageType.Audio, _ => MessageType.DataAmf0 };
            await peer.SendAsync(Message(type == MessageType.Video ? 7 : 6, time, type, tag.Payload, repeatsExtendedTime));
        }

        await peer.CommandAsync("FCUnpublish", 6, AmfNull.Value, "scripted");
        await peer.CommandAsync("deleteStream", 7, AmfNull.Value, 1);
        await peer.UntilAsync("onStatus");

        ServerAndEncoderTests.SameMedia(clip, await nginx.RecordingAsync("scripted"), frames: 150);
    }

    private static byte[] Message(int chunkStream, uint time, MessageType type, byte[] payload, bool repeatsExtendedTime)
    {
        uint? extended = repeatsExtendedTime && time >= 0xFFFFFF ? time : null;
        var message = new List<byte>(Wire.Full(chunkStream, time, payload.Length, type, 1, payload[..Math.Min(ChunkSize, payload.Length)]));
        for (var at = ChunkSize; at < payload.Length; at += ChunkSize)
            message.AddRange(Wire.Repeat(chunkStream, extended, payload[at..Math.Min(at + ChunkSize, payload.Length)]));
        return [.. message];
    }
}
