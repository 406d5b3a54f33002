using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.H264;
using IntegrityGate.Media.Splicing;
using IntegrityGate.Media.Tests.H264;

namespace IntegrityGate.Media.Tests.Splicing;

/// <summary>Real clips through the real encoder; what came out is judged by ffmpeg and ffprobe.</summary>
[Collection("ffmpeg")]
public sealed class SplicerTests
{
    private const string Reordered = "-bf 3 -g 20 -b:v 800k";

    private static Task<string> ClipAsync(string encoding, string size = "320x180", string rate = "30") =>
        TestMedia.ClipAsync(FormattableString.Invariant(
            $"-f lavfi -i testsrc2=s={size}:r={rate}:d=3.2 -f lavfi -i sine=f=440:d=3.2 -c:v libx264 -preset veryfast {encoding} -c:a aac -b:a 64k"));

    /// <summary>Everything that holds of any splice: nothing lost, nothing moved, untouched outside, labelled inside.</summary>
    private static async Task<ClipFacts> CheckAsync(string clip, SpliceRun run, Func<long, string?> labelAt)
    {
        var source = await ClipFacts.ReadAsync(clip);
        var spliced = await ClipFacts.ReadAsync(run.Path);
        Assert.Equal("", spliced.DecoderErrors);
        Assert.Equal(source.FrameCount, spliced.FrameCount);
        Assert.Equal(source.Frames.Keys.Order(), spliced.Frames.Keys.Order());
        Assert.Equal(source.Packets, spliced.Packets); // audio and video in the same order at the same decoding times
        Assert.Equal(source.Audio, spliced.Audio);
        Assert.Equal(source.KeyTimes, spliced.KeyTimes);
        foreach (var (pts, hash) in source.Frames)
        {
            var label = labelAt(pts);
            if (label is null)
                Assert.True(hash == spliced.Frames[pts], $"picture at {pts} ms differs outside the stamped GOPs");
            else
                Assert.True(label == "green" ? spliced.IsGreen(pts) : spliced.IsMagenta(pts), $"picture at {pts} ms shows {spliced.Plates[pts]} and not {label}");
        }

        return spliced;
    }

    /// <summary>The presentation times of the IDRs at or after given decoding times, in ms.</summary>
    private static long[] IdrsFrom(IReadOnlyList<MediaPacket> packets, params long[] times) =>
        [.. times.Select(at => packets.First(packet => packet.IsKeyFrame && packet.Dts.Milliseconds >= at).Pts.Milliseconds)];

    [Theory]
    [InlineData(Reordered, "640x360", "30")]
    [InlineData("-bf 0 -g 20 -b:v 800k", "640x360", "30")]
    [InlineData(Reordered + " -slices 4", "640x360", "30000/1001")]
    [InlineData("-bf 2 -g 20 -b:v 800k -vf select=not(eq(mod(n\\,7)\\,3)) -fps_mode vfr", "640x360", "30")]
    [InlineData("-bf 2 -g 20 -b:v 2M -colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv", "1280x720", "30")]
    [InlineData("-bf 2 -g 20 -b:v 800k -vf scale=out_range=full -pix_fmt yuvj420p -color_range pc", "320x180", "30")]
    [InlineData("-bf 2 -g 20 -b:v 800k -pix_fmt yuv422p10le", "320x180", "30")]
    [InlineData("-profile:v baseline -g 20 -b:v 800k", "320x180", "30")]
    [InlineData("-tune zerolatency -g 20 -b:v 800k", "320x180", "25")]
    [InlineData("-profile:v baseline -tune zerolatency -g 20 -b:v 800k", "320x180", "30")]
    [InlineData("-bf 2 -g 20 -b:v 800k -maxrate 800k -bufsize 800k -x264-params nal-hrd=vbr:force-cfr=1", "320x180", "30")]
    [InlineData(Reordered + " -x264-params aud=1:repeat-headers=1 -vf setsar=4/3", "638x358", "25")]
    [InlineData("-bf 3 -g 20 -b:v 4M", "1920x1080", "30")]
    public async Task Stamp_on_off_and_on_again_loses_nothing_and_touches_nothing_else(string encoding, string size, string rate)
    {
        var clip = await ClipAsync(encoding, size, rate);
        var packets = TestMedia.Packets(clip);
        var edges = IdrsFrom(packets, 500, 1300, 2200);
        var run = await new SpliceRun().Direct(500, "green").Direct(1300, null).Direct(2200, "green").RunAsync(packets);
        await CheckAsync(clip, run, pts => (pts >= edges[0] && pts < edges[1]) || pts >= edges[2] ? "green" : null);
        Assert.Equal(
            [SpliceState.Starting, SpliceState.Stamping, SpliceState.Returning, SpliceState.Forwarding, SpliceState.Starting, SpliceState.Stamping, SpliceState.Returning, SpliceState.Forwarding],
            run.Changes.Select(change => change.State));
        Assert.All(run.Changes, change => Assert.Equal(GateFault.None, change.Fault));

        // Profile, level, format, size, SAR, colour and timing are the source's in every header; one set of each kind.
        var headers = run.Output.Where(one => one.Kind == MediaKind.Video && one.Payload[1] == 0)
            .Select(one => AvcDecoderConfigurationRecord.TryParse(one.Payload.AsSpan(5), out _)!).ToList();
        Assert.Equal(4, headers.Count); // source, encoder, source, encoder
        Assert.All(headers, header => Assert.Equal((1, 1), (header.SequenceParameterSets.Count, header.PictureParameterSets.Count)));
        Assert.All(headers, header => Assert.Equal(Kind(headers[0]), Kind(header)));
    }

    /// <summary>What a re-encoded segment has to keep.</summary>
    private static SequenceParameterSet Kind(AvcDecoderConfigurationRecord record) => SequenceParameterSet.TryParse(record.SequenceParameterSets[0].Span, out _)! with
    {
        Constraints = 0,
        PictureOrderType = 0,
        MaxReferenceFrames = 0,
        MaxReorderFrames = null,
        MaxFrameBuffering = null,
    };

    [Fact]
    public async Task Another_wording_starts_a_new_segment_at_the_next_IDR()
    {
        var clip = await ClipAsync(Reordered);
        var packets = TestMedia.Packets(clip);
        var edges = IdrsFrom(packets, 500, 1300, 2200);
        var run = await new SpliceRun().Direct(500, "green").Direct(1300, "magenta").Direct(2200, null).RunAsync(packets);
        await CheckAsync(clip, run, pts => pts < edges[0] || pts >= edges[2] ? null : pts < edges[1] ? "green" : "magenta");
    }

    [Fact]
    public async Task Without_a_label_every_packet_goes_through_as_it_came()
    {
        var packets = TestMedia.Packets(await ClipAsync(Reordered));
        var expected = packets.Select(packet => (packet.Kind, packet.Dts.Milliseconds, packet.Payload.ToArray())).ToList();
        var run = await new SpliceRun { Ahead = 0 }.RunAsync(packets);
        Assert.Equal(expected.Count, run.Output.Count);
        Assert.All(expected.Zip(run.Output), pair => Assert.True(
            pair.First.Kind == pair.Second.Kind && pair.First.Milliseconds == pair.Second.Dts && pair.First.Item3.AsSpan().SequenceEqual(pair.Second.Payload)));
        Assert.Empty(run.Changes);
    }
}
