using System.Buffers.Binary;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Decoding;
using IntegrityGate.Media.Tests.H264;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.Media.Tests.Decoding;

[Collection("ffmpeg")]
public sealed class DecodePoolTests
{
    private const string Reordered = "-bf 3 -g 15 -b:v 1M";
    private const string LowDelay = "-bf 0 -tune zerolatency -g 15 -b:v 2M";

    private static DecodePool Pool(DecodePoolOptions? options = null) =>
        new(options ?? new DecodePoolOptions { Workers = 1 }, TimeProvider.System, NullLogger<DecodePool>.Instance);

    private static async Task<byte[]> ReferenceAsync(string clip, long ptsMs)
    {
        // The picture as a plain ffmpeg shows it: decoded in full from the start, converted by its defaults.
        var (code, output, errors) = await FfmpegTool.RunAsync(
            "ffmpeg", "-v", "error", "-copyts", "-i", clip, "-vf", $"select=eq(pts\\,{ptsMs})", "-fps_mode", "passthrough", "-pix_fmt", "rgb24", "-f", "rawvideo", "-");
        Assert.True(code == 0, errors);
        return output;
    }

    private static (MediaPacket Header, List<MediaPacket> Video) Video(string clip)
    {
        var video = TestMedia.Packets(clip).Where(packet => packet.Kind == MediaKind.Video && packet.Payload.Length > 5).ToList();
        return (video[0], video[1..]);
    }

    private static async Task<VideoFrame> DecodedAsync(DecodePool pool, string stream, MediaPacket header, params MediaPacket[] run)
    {
        var result = await pool.DecodeAsync(new DecodeRequest(new StreamId(stream), header, run), TestContext.Current.CancellationToken);
        return result is DecodeResult.Decoded decoded ? decoded.Frame : throw new InvalidOperationException(result.ToString());
    }

    [Fact]
    public async Task One_worker_shows_the_key_frames_of_interleaved_streams_as_a_plain_ffmpeg_does()
    {
        string[] clips =
        [
            await TestMedia.VideoAsync("1920x1080", 1, Reordered),
            await TestMedia.VideoAsync("1280x720", 1, LowDelay),
            await TestMedia.VideoAsync("638x358", 1, Reordered + " -slices 4"),
            await TestMedia.VideoAsync("640x360", 1, Reordered + " -vf scale=out_color_matrix=bt709 -colorspace bt709 -color_primaries bt709 -color_trc bt709"),
            await TestMedia.VideoAsync("640x360", 1, Reordered + " -vf scale=out_range=full -pix_fmt yuvj420p -color_range pc"),
            await TestMedia.VideoAsync("640x360", 1, Reordered),
            await TestMedia.VideoAsync("320x240", 1, Reordered + " -pix_fmt yuv422p10le"),
            await TestMedia.VideoAsync("320x240", 1, Reordered + " -x264-params open-gop=1:keyint=15:scenecut=0"),
        ];
        await using var pool = Pool();
        for (var turn = 0; turn < 2; turn++)
        {
            foreach (var clip in clips)
            {
                var (header, video) = Video(clip);
                var key = video.Where(packet => packet.IsKeyFrame).ElementAt(turn);
                using var frame = await DecodedAsync(pool, clip, header, key);
                Assert.Equal(key.Pts, frame.Pts);
                var reference = await ReferenceAsync(clip, key.Pts.Milliseconds);
                Assert.True(frame.Pixels.SequenceEqual(reference), $"clip {Array.IndexOf(clips, clip)} turn {turn}: {frame.Width}x{frame.Height}, {reference.Length} reference bytes");
            }
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(14)]
    [InlineData(15)]
    public async Task A_run_gives_the_picture_of_its_last_packet(int length)
    {
        var clip = await TestMedia.VideoAsync("640x360", 1, Reordered);
        var (header, video) = Video(clip);
        await using var pool = Pool();
        using var frame = await DecodedAsync(pool, "run", header, [.. video.Take(length)]);
        Assert.Equal(video[length - 1].Pts, frame.Pts);
        var reference = await ReferenceAsync(clip, frame.Pts.Milliseconds);
        Assert.True(frame.Pixels.SequenceEqual(reference));
    }

    [Fact]
    public async Task Undecodable_bits_fail_with_a_reason_and_cost_no_worker()
    {
        var (header, video) = Video(await TestMedia.VideoAsync("640x360", 1, Reordered));
        await using var pool = Pool();
        using (await DecodedAsync(pool, "good", header, video[0]))
        {
        }

        var worker = Assert.Single(ChildProcesses.Ffmpeg());
        var bytes = video[0].Payload.ToArray();
        for (var at = 5; at < bytes.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
            if ((bytes[at + 4] & 0x1F) == 5)
                bytes.AsSpan(at + 5, length - 1).Fill(0xFF); // reads as a P slice, which an IDR picture cannot hold
            at += 4 + length;
        }

        var damaged = new PacketPool().Copy(MediaKind.Video, video[0].Dts, bytes, video[0].Traits);
        var failed = Assert.IsType<DecodeResult.Failed>(await pool.DecodeAsync(new DecodeRequest(new StreamId("bad"), header, [damaged]), TestContext.Current.CancellationToken));
        Assert.Equal(GateFault.DecoderFailed, failed.Fault);
        using var frame = await DecodedAsync(pool, "good", header, video[0]);
        Assert.Equal(worker, Assert.Single(ChildProcesses.Ffmpeg()));
    }

    [Fact]
    public async Task A_killed_worker_is_replaced_and_packets_are_given_back()
    {
        var packets = new PacketPool();
        var sockets = new List<string>();
        var all = TestMedia.Packets(await TestMedia.VideoAsync("640x360", 1, Reordered), packets);
        await using (var pool = Pool())
        {
            using (await DecodedAsync(pool, "a", all.First(p => p.IsSequenceHeader), all.First(p => p.IsKeyFrame)))
            {
            }

            sockets.AddRange(ChildProcesses.Sockets(Assert.Single(ChildProcesses.Ffmpeg())));
            ChildProcesses.Kill(Assert.Single(ChildProcesses.Ffmpeg()));
            var outcomes = new List<DecodeResult>();
            for (var i = 0; i < 2; i++)
                outcomes.Add(await pool.DecodeAsync(new DecodeRequest(new StreamId("a"), all.First(p => p.IsSequenceHeader), [all.First(p => p.IsKeyFrame)]), TestContext.Current.CancellationToken));
            using var frame = Assert.IsType<DecodeResult.Decoded>(outcomes[^1]).Frame;
            sockets.AddRange(ChildProcesses.Sockets(Assert.Single(ChildProcesses.Ffmpeg())));
        }

        foreach (var packet in all)
            packet.Release();
        Assert.Equal(0, packets.Rented);
        Assert.Empty(ChildProcesses.Ffmpeg());
        Assert.Equal(4, sockets.Count);
        Assert.DoesNotContain(sockets, File.Exists);
    }

    [Fact]
    public async Task A_worker_that_hangs_fails_its_request_in_time_and_is_replaced()
    {
        var (header, video) = Video(await TestMedia.VideoAsync("640x360", 1, Reordered));
        await using var pool = Pool(new DecodePoolOptions { Workers = 1, RequestTimeout = TimeSpan.FromMilliseconds(600), StartTimeout = TimeSpan.FromSeconds(20) });
        using (await DecodedAsync(pool, "a", header, video[0]))
        {
        }

        var hung = Assert.Single(ChildProcesses.Ffmpeg());
        await FfmpegTool.RunAsync("kill", "-STOP", hung.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var failed = Assert.IsType<DecodeResult.Failed>(await pool.DecodeAsync(new DecodeRequest(new StreamId("a"), header, [video[0]]), TestContext.Current.CancellationToken));
        Assert.Equal(GateFault.DecoderFailed, failed.Fault);
        Assert.Contains("in time", failed.Reason, StringComparison.Ordinal);
        using var frame = await DecodedAsync(pool, "b", header, video[0]);
        Assert.DoesNotContain(hung, ChildProcesses.Ffmpeg());
    }

    [Fact]
    public async Task A_missing_ffmpeg_is_a_failure_with_a_reason_and_not_an_exception()
    {
        var (header, video) = Video(await TestMedia.VideoAsync("640x360", 1, Reordered));
        await using var pool = Pool(new DecodePoolOptions { Workers = 1, FfmpegFolder = "/nonexistent", StartTimeout = TimeSpan.FromSeconds(2) });
        var failed = Assert.IsType<DecodeResult.Failed>(await pool.DecodeAsync(new DecodeRequest(new StreamId("x"), header, [video[0]]), TestContext.Current.CancellationToken));
        Assert.Contains("start", failed.Reason, StringComparison.Ordinal);
    }
}
