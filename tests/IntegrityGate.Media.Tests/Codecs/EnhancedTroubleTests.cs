using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Flv;
using IntegrityGate.Media.Splicing;
using IntegrityGate.Media.Tests.Decoding;
using IntegrityGate.Media.Tests.H264;
using IntegrityGate.Media.Tests.Splicing;

namespace IntegrityGate.Media.Tests.Codecs;

/// <summary>What the splicer does when HEVC or AV1 cannot be stamped, or something stands beside the pictures.</summary>
[Collection("ffmpeg")]
public sealed class EnhancedTroubleTests
{
    private const string Hevc = "-c:v libx265 -preset ultrafast -x265-params log-level=none:keyint=20:min-keyint=20:scenecut=0:open-gop=0:bframes=2";
    private const string Av1 = "-c:v libaom-av1 -usage realtime -cpu-used 8 -lag-in-frames 0 -g 20 -keyint_min 20";

    private static async Task<List<MediaPacket>> PacketsAsync(bool isAv1, string extra = "") =>
        EnhancedClips.Packets(await EnhancedClips.SamplesAsync(await EnhancedClips.FileAsync((isAv1 ? Av1 : Hevc) + extra), isAv1), isAv1, TagStyle.CodedFrames);

    private static List<ReceivedStream.Message> Video(IEnumerable<(MediaKind Kind, long Dts, byte[] Payload)> output) =>
        [.. output.Where(one => one.Kind == MediaKind.Video).Select(one => ReceivedStream.Parse(one.Dts, one.Payload))];

    private static List<ReceivedStream.Message> Video(IEnumerable<MediaPacket> packets) =>
        [.. packets.Where(one => one.Kind == MediaKind.Video).Select(one => ReceivedStream.Parse(one.Dts.Milliseconds, one.Payload.ToArray()))];

    [Theory]
    [InlineData(false, "libx265")]
    [InlineData(true, "libsvtav1")]
    public async Task An_ffmpeg_without_the_encoder_is_the_reason_and_the_stream_goes_through_as_it_came(bool isAv1, string encoder)
    {
        var folder = Directory.CreateDirectory(TestMedia.NewPath(".bin")).FullName;
        var script = Path.Combine(folder, "ffmpeg");
        await File.WriteAllTextAsync(script, $$"""
            #!/bin/bash
            arguments=()
            for one in "$@"; do arguments+=("${one/{{encoder}}/{{encoder}}_absent}"); done
            exec ffmpeg "${arguments[@]}"
            """, TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var packets = await PacketsAsync(isAv1);
        var expected = packets.Select(packet => packet.Payload.ToArray()).ToList();
        var run = new SpliceRun { Options = new SpliceOptions { FfmpegFolder = folder, RetryAfter = TimeSpan.FromHours(1), MaxRetryAfter = TimeSpan.FromHours(1) } };
        await run.Direct(500, "green").RunAsync(packets);
        Assert.Equal(expected.Count, run.Output.Count);
        Assert.All(expected.Zip(run.Output), pair => Assert.True(pair.First.AsSpan().SequenceEqual(pair.Second.Payload)));
        Assert.Contains(run.Changes, change => change is { State: SpliceState.CannotStamp, Fault: GateFault.EncoderFailed } && change.Reason!.Contains(encoder, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, " -pix_fmt yuv422p10le", "chroma format 2")]
    [InlineData(true, " -pix_fmt yuv444p", "chroma format 3")]
    public async Task A_format_that_cannot_be_kept_is_named_as_the_reason(bool isAv1, string format, string reason)
    {
        var run = await new SpliceRun().Direct(500, "green").RunAsync(await PacketsAsync(isAv1, format));
        Assert.Contains(reason, Assert.Single(run.Changes, change => change.State == SpliceState.CannotStamp).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "libx265")]
    [InlineData(true, "libsvtav1")]
    public async Task A_killed_encoder_costs_no_picture_and_the_publishers_bytes_return_at_the_next_key_frame(bool isAv1, string encoder)
    {
        var packets = await PacketsAsync(isAv1);
        var source = Video(packets);
        var run = new SpliceRun { Options = new SpliceOptions { FlushTimeout = TimeSpan.FromSeconds(20), RetryAfter = TimeSpan.FromHours(1), MaxRetryAfter = TimeSpan.FromHours(1) }, Ahead = 200 };
        run.Direct(500, "green").Acts.Add(1600, _ =>
        {
            foreach (var process in ChildProcesses.Ffmpeg(encoder))
                ChildProcesses.Kill(process);
            return Task.CompletedTask;
        });
        await run.RunAsync(packets);

        var (before, after) = (await DecodedPictures.ReadAsync(source, isAv1), await DecodedPictures.ReadAsync(Video(run.Output), isAv1));
        Assert.Equal("", after.Errors);
        Assert.Equal(before.Hashes.Keys, after.Hashes.Keys);
        var keys = source.Where(one => one is { IsKey: true, IsConfiguration: false }).ToList();
        var (from, until) = (keys.First(one => one.Dts >= 500).Pts, keys.First(one => one.Dts >= 1700).Pts);
        Assert.All(before.Hashes, picture => Assert.True(
            picture.Key >= from && picture.Key < until ? after.IsGreen(picture.Key) : picture.Value == after.Hashes[picture.Key], $"picture at {picture.Key} ms"));
        Assert.Contains(run.Changes, change => change is { State: SpliceState.CannotStamp, Fault: GateFault.EncoderFailed });
    }

    [Fact]
    public async Task Colour_metadata_and_further_tracks_keep_their_place_beside_stamped_pictures()
    {
        var pool = new PacketPool();
        byte[] colour = [0x94, .. "hvc1"u8, 2, 0, 9, .. "colorInfo"u8];
        byte[] track = [0xA6, 1, .. "hvc1"u8, 2, 0, 0, 0, 0, 0, 0, 1, 2];
        var packets = new List<MediaPacket>();
        foreach (var packet in await PacketsAsync(isAv1: false))
        {
            packets.Add(packet);
            if (packet is { Kind: MediaKind.Video, IsSequenceHeader: false })
            {
                foreach (var aside in (byte[][])[colour, track])
                    packets.Add(pool.Copy(MediaKind.Video, packet.Dts, aside, TagClassifier.Classify(MediaKind.Video, aside)));
            }
        }

        var sent = packets.Where(packet => packet.Traits.IsAside).Select(packet => (packet.Dts.Milliseconds, Convert.ToHexString(packet.Payload.Span))).ToList();
        var pictures = packets.Count(packet => packet is { Kind: MediaKind.Video, IsSequenceHeader: false, Traits.IsAside: false });
        var run = await new SpliceRun().Direct(500, "green").Direct(1300, null).RunAsync(packets);
        Assert.Equal(sent, run.Output.Where(IsAside).Select(one => (one.Dts, Convert.ToHexString(one.Payload))));
        var received = Video(run.Output.Where(one => !IsAside(one)));
        Assert.Equal(pictures, received.Count(one => !one.IsConfiguration));
        var after = await DecodedPictures.ReadAsync(received, isAv1: false);
        Assert.Equal("", after.Errors);
        Assert.Contains(after.Plates.Keys, after.IsGreen);

        static bool IsAside((MediaKind Kind, long Dts, byte[] Payload) one) => one.Kind == MediaKind.Video && TagClassifier.Classify(one.Kind, one.Payload).IsAside;
    }

    [Fact]
    public async Task Several_tracks_in_one_message_are_named_as_the_reason_and_go_through()
    {
        byte[] both = [0xA6, 0x11, .. "hvc1"u8, 0, 0, 0, 1, 9, 1, 0, 0, 1, 9];
        var pool = new PacketPool();
        var packets = Enumerable.Range(0, 100).Select(i => pool.Copy(MediaKind.Video, new(i * 40), both, TagClassifier.Classify(MediaKind.Video, both))).ToList();
        var run = await new SpliceRun { Options = new SpliceOptions { NoIdrAfter = TimeSpan.FromSeconds(2) } }.Direct(-1, "green").RunAsync(packets);
        Assert.Equal(100, run.Output.Count);
        Assert.Contains("several video tracks", Assert.Single(run.Changes, change => change.State == SpliceState.CannotStamp).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, ":hdr10=1:master-display=G(8500,39850)B(6550,2300)R(35400,14600)WP(15635,16450)L(10000000,1):max-cll=1000,400:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc -pix_fmt yuv420p10le", 16, 0.58)]
    [InlineData(false, ":colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc -pix_fmt yuv420p10le", 18, 0.75)]
    [InlineData(true, " -color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc -pix_fmt yuv420p10le", 16, 0.58)]
    public async Task On_a_high_dynamic_range_picture_the_labels_white_is_the_pictures_white(bool isAv1, string tags, int transfer, double white)
    {
        var packets = await PacketsAsync(isAv1, tags);
        var run = await new SpliceRun().Direct(500, "green").RunAsync(packets);
        var received = Video(run.Output);
        var codec = Media.Codecs.VideoCodec.For(isAv1 ? MediaCodec.Av1 : MediaCodec.Hevc)!;
        var headers = received.Where(one => one.IsConfiguration).Select(one => codec.ReadConfiguration(one.Data, out _)!).ToList();
        Assert.Equal(2, headers.Count);
        Assert.All(headers, header => Assert.Equal((9, transfer, 9), Tags(header.OfHeader(out _)!.Colour!)));

        // Green at full level in the label's PNG is green at the level of white in the picture.
        var after = await DecodedPictures.ReadAsync(received, isAv1);
        Assert.Equal("", after.Errors);
        var plate = after.Plates[after.Plates.Keys.Max()];
        Assert.InRange(plate.G, (255 * white) - 12, (255 * white) + 12);
        Assert.True(plate is { R: < 40, B: < 40 }, $"{plate}");
        if (tags.Contains("master-display", StringComparison.Ordinal))
            Assert.All(received.Where(one => one is { IsKey: true, IsConfiguration: false }), one => Assert.Contains(ReceivedStream.Units(one.Data), unit => (unit[0] >> 1) == 39 && unit[2] == 137));

        static (int, int, int) Tags(Media.H264.ColourDescription colour) => (colour.Primaries, colour.Transfer, colour.Matrix);
    }

    [Fact]
    public async Task A_label_that_is_lifted_while_the_publisher_is_away_leaves_no_trace_when_he_is_back()
    {
        var packets = await PacketsAsync(isAv1: false);
        var source = Video(packets);
        var back = source.First(one => one is { IsKey: true, IsConfiguration: false } && one.Dts >= 1300);
        var run = new SpliceRun { Ahead = 200 }.Direct(500, "green");
        run.Acts.Add(back.Dts, splicer =>
        {
            splicer.Pause();
            splicer.Direct(null);
            return Task.CompletedTask;
        });
        await run.RunAsync(packets);
        var received = Video(run.Output);
        var (before, after) = (await DecodedPictures.ReadAsync(source, isAv1: false), await DecodedPictures.ReadAsync(received, isAv1: false));
        Assert.Equal("", after.Errors);
        Assert.Equal(3, received.Count(one => one.IsConfiguration));
        Assert.All(before.Hashes.Where(picture => picture.Key >= back.Pts), picture => Assert.Equal(picture.Value, after.Hashes[picture.Key]));
    }
}
