using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.H265;
using IntegrityGate.Media.Splicing;
using IntegrityGate.Media.Tests.Splicing;

namespace IntegrityGate.Media.Tests.Codecs;

/// <summary>HEVC and AV1 through the real encoders; what came out is taken apart by the specification and judged by ffmpeg.</summary>
[Collection("ffmpeg")]
public sealed class EnhancedSplicerTests
{
    private const string X265 = "-c:v libx265 -preset ultrafast -x265-params log-level=none:keyint=20:min-keyint=20:scenecut=0";

    private static List<ReceivedStream.Message> Video(IEnumerable<(MediaKind Kind, long Dts, byte[] Payload)> output) =>
        [.. output.Where(one => one.Kind == MediaKind.Video).Select(one => ReceivedStream.Parse(one.Dts, one.Payload))];

    private static List<(MediaKind Kind, long Dts, byte[] Payload)> Bytes(IEnumerable<MediaPacket> packets) =>
        [.. packets.Select(packet => (packet.Kind, packet.Dts.Milliseconds, packet.Payload.ToArray()))];

    [Theory]
    [InlineData(false, TagStyle.CodedFrames, X265 + ":open-gop=0:bframes=3", "320x180")]
    [InlineData(false, TagStyle.CodedFramesX, X265 + ":open-gop=0:bframes=0", "640x360")]
    [InlineData(false, TagStyle.CodedFramesX, X265 + ":open-gop=0:bframes=2", "322x182")]
    [InlineData(false, TagStyle.Legacy, X265 + ":open-gop=0:bframes=2:aud=1:repeat-headers=1", "320x180")]
    [InlineData(false, TagStyle.Nanoseconds, X265 + ":open-gop=0:bframes=2", "320x180")]
    [InlineData(false, TagStyle.TrackZero, X265 + ":open-gop=0:bframes=2", "320x180")]
    [InlineData(false, TagStyle.CodedFrames, X265 + ":open-gop=0:bframes=2 -pix_fmt yuv420p10le", "320x180")]
    [InlineData(false, TagStyle.CodedFrames, X265 + ":open-gop=0:bframes=2:range=full:colorprim=bt709:transfer=bt709:colormatrix=bt709 -vf scale=out_range=full:out_color_matrix=bt709,setsar=4/3", "320x180")]
    [InlineData(true, TagStyle.CodedFrames, "-c:v libaom-av1 -usage realtime -cpu-used 8 -lag-in-frames 0 -g 20 -keyint_min 20", "320x180")]
    [InlineData(true, TagStyle.CodedFramesX, "-c:v libsvtav1 -preset 12 -g 20", "320x180")]
    [InlineData(true, TagStyle.Nanoseconds, "-c:v libsvtav1 -preset 12 -g 20 -pix_fmt yuv420p10le", "320x180")]
    [InlineData(true, TagStyle.TrackZero, "-c:v libaom-av1 -usage realtime -cpu-used 8 -lag-in-frames 0 -g 20 -keyint_min 20 -colorspace bt709 -color_primaries bt709 -color_trc bt709", "640x360")]
    public async Task Stamp_on_off_and_on_again_loses_nothing_and_touches_nothing_else(bool isAv1, TagStyle style, string encoding, string size)
    {
        var samples = await EnhancedClips.SamplesAsync(await EnhancedClips.FileAsync(encoding, size), isAv1);
        var packets = EnhancedClips.Packets(samples, isAv1, style);
        var sent = Bytes(packets);
        var source = Video(sent);
        var edges = ((long[])[500, 1300, 2200]).Select(at => source.First(one => one is { IsKey: true, IsConfiguration: false } && one.Dts >= at).Pts).ToArray();
        bool Stamped(long pts) => (pts >= edges[0] && pts < edges[1]) || pts >= edges[2];

        var run = await new SpliceRun().Direct(500, "green").Direct(1300, null).Direct(2200, "green").RunAsync(packets);

        var received = Video(run.Output);
        Assert.Equal(sent.Where(one => one.Kind == MediaKind.Audio), run.Output.Where(one => one.Kind == MediaKind.Audio), new SameMessage());
        Assert.Equal(source.Where(one => !one.IsConfiguration).Select(one => one.Dts), received.Where(one => !one.IsConfiguration).Select(one => one.Dts));
        Assert.Equal(
            source.Where(one => one is { IsKey: true, IsConfiguration: false }).Select(one => one.Pts), received.Where(one => one is { IsKey: true, IsConfiguration: false }).Select(one => one.Pts));
        Assert.All(received.Where(one => !one.IsConfiguration), one => Assert.True(one.Pts >= one.Dts, $"{one.Dts} is shown at {one.Pts}"));
        Assert.True(received.Count(one => one.IsConfiguration) == 4, string.Join('\n', run.Changes)); // source, encoder, source, encoder
        await PicturesStandAsync(source, received, isAv1, Stamped);
        Assert.Equal(
            [SpliceState.Starting, SpliceState.Stamping, SpliceState.Returning, SpliceState.Forwarding, SpliceState.Starting, SpliceState.Stamping, SpliceState.Returning, SpliceState.Forwarding],
            run.Changes.Select(change => change.State));
        Assert.All(run.Changes, change => Assert.Equal(GateFault.None, change.Fault));
        StyleStands(style, received);
        KindStands(isAv1, received);
    }

    private static async Task PicturesStandAsync(List<ReceivedStream.Message> source, List<ReceivedStream.Message> received, bool isAv1, Func<long, bool> isStamped)
    {
        var before = await DecodedPictures.ReadAsync(source, isAv1);
        foreach (var readsHeaders in (bool[])[true, false])
        {
            var after = await DecodedPictures.ReadAsync(received, isAv1, readsHeaders);
            Assert.Equal("", after.Errors);
            Assert.Equal(before.Hashes.Keys, after.Hashes.Keys);
            foreach (var (pts, hash) in before.Hashes)
            {
                if (isStamped(pts))
                    Assert.True(after.IsGreen(pts), $"picture at {pts} ms shows {after.Plates[pts]}");
                else
                    Assert.True(hash == after.Hashes[pts], $"picture at {pts} ms differs outside the stamped GOPs");
            }
        }
    }

    /// <summary>Every message is written as the publisher writes them.</summary>
    private static void StyleStands(TagStyle style, List<ReceivedStream.Message> received)
    {
        var pictures = received.Where(one => !one.IsConfiguration).ToList();
        TagStyle[] allowed = style switch
        {
            TagStyle.CodedFramesX => [TagStyle.CodedFramesX, TagStyle.CodedFrames], // with an offset that is not 0 there is no other way
            TagStyle.Nanoseconds => [TagStyle.Nanoseconds, TagStyle.CodedFrames, TagStyle.CodedFramesX], // only pictures that keep their place
            _ => [style],
        };
        Assert.All(pictures, one => Assert.Contains(one.Style, allowed));
        if (style == TagStyle.CodedFramesX)
            Assert.All(pictures, one => Assert.Equal(one.Pts == one.Dts, one.Style == TagStyle.CodedFramesX));
    }

    /// <summary>Bit depth, size, colour and level are the source's in every header.</summary>
    private static void KindStands(bool isAv1, List<ReceivedStream.Message> received)
    {
        var headers = received.Where(one => one.IsConfiguration).Select(one => one.Data).ToList();
        if (isAv1)
        {
            var kinds = headers.Select(bytes => Media.Av1.Av1CodecConfigurationRecord.TryParse(bytes, out _)!.Parsed! with { Level = 0, Timing = null, TicksPerPicture = 1 }).ToList();
            Assert.All(kinds, kind => Assert.Equal(kinds[0], kind));
        }
        else
        {
            var kinds = headers.Select(bytes => HevcDecoderConfigurationRecord.TryParse(bytes, out _)!).ToList();
            Assert.All(kinds, kind => Assert.Equal((1, 1, 1), (kind.VideoParameterSets.Count, kind.SequenceParameterSets.Count, kind.PictureParameterSets.Count)));
            Assert.All(kinds, kind => Assert.Equal(Kind(kinds[0]), Kind(kind)));
        }
    }

    private static SequenceParameterSet Kind(HevcDecoderConfigurationRecord record)
    {
        var set = SequenceParameterSet.TryParse(record.SequenceParameterSets[0].Span, out _)!;
        return set with
        {
            ChromaSampleLocation = set.ChromaSampleLocation ?? 0, // what holds when nothing is said (E.3.1)
            MaxReorderPictures = 0,
            MaxBufferingMinusOne = 0,
            ProfileTierLevel = default,
            Timing = null, // the same rate in other units
        };
    }

    private sealed class SameMessage : IEqualityComparer<(MediaKind Kind, long Dts, byte[] Payload)>
    {
        public bool Equals((MediaKind Kind, long Dts, byte[] Payload) x, (MediaKind Kind, long Dts, byte[] Payload) y) =>
            x.Kind == y.Kind && x.Dts == y.Dts && x.Payload.AsSpan().SequenceEqual(y.Payload);

        public int GetHashCode((MediaKind Kind, long Dts, byte[] Payload) obj) => obj.Dts.GetHashCode();
    }
}
