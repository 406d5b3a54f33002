using System.Globalization;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Decoding;
using IntegrityGate.Media.Tests.Decoding;
using IntegrityGate.Media.Tests.H264;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.Media.Tests.Codecs;

/// <summary>Sampled pictures of HEVC and AV1 streams, beside what a plain ffmpeg makes of the same file.</summary>
[Collection("ffmpeg")]
public sealed class EnhancedDecodingTests
{
    private const string Closed = "-c:v libx265 -preset ultrafast -x265-params log-level=none:keyint=15:min-keyint=15:scenecut=0:open-gop=0:bframes=3";
    private const string Open = "-c:v libx265 -preset ultrafast -x265-params log-level=none:keyint=15:min-keyint=15:scenecut=0:open-gop=1:bframes=3";
    private const string Realtime = "-c:v libaom-av1 -usage realtime -cpu-used 8 -lag-in-frames 0 -g 15 -keyint_min 15";
    private const string Hidden = "-c:v libsvtav1 -preset 12 -g 15"; // random access: temporal units with hidden frames

    private static DecodePool Pool() => new(new DecodePoolOptions { Workers = 1 }, TimeProvider.System, NullLogger<DecodePool>.Instance);

    private static async Task<(MediaPacket Header, List<MediaPacket> Video)> ClipAsync(string path, bool isAv1, TagStyle style)
    {
        var video = EnhancedClips.Packets(await EnhancedClips.SamplesAsync(path, isAv1), isAv1, style).Where(packet => packet.Kind == MediaKind.Video).ToList();
        return (video[0], video[1..]);
    }

    private static async Task<byte[]> ReferenceAsync(string clip, long number)
    {
        var select = string.Create(CultureInfo.InvariantCulture, $"select=eq(n\\,{number})");
        var (code, output, errors) = await FfmpegTool.RunAsync(
            "ffmpeg", "-v", "error", "-i", clip, "-map", "0:v", "-vf", select, "-fps_mode", "passthrough", "-pix_fmt", "rgb24", "-f", "rawvideo", "-");
        Assert.True(code == 0, errors);
        return output;
    }

    private static async Task<VideoFrame> DecodedAsync(DecodePool pool, string stream, MediaPacket header, params MediaPacket[] run)
    {
        var result = await pool.DecodeAsync(new DecodeRequest(new StreamId(stream), header, run), TestContext.Current.CancellationToken);
        return result is DecodeResult.Decoded decoded ? decoded.Frame : throw new InvalidOperationException(result.ToString());
    }

    [Fact]
    public async Task One_worker_shows_the_key_frames_of_interleaved_streams_and_codecs_as_a_plain_ffmpeg_does()
    {
        (string Encoding, string Size, bool IsAv1, TagStyle Style)[] streams =
        [
            (Closed, "640x360", false, TagStyle.CodedFrames),
            (Hidden, "640x360", true, TagStyle.CodedFrames),
            (Closed + " -pix_fmt yuv420p10le", "322x182", false, TagStyle.CodedFramesX),
            (Open, "640x360", false, TagStyle.Legacy),
            (Realtime, "320x180", true, TagStyle.CodedFramesX),
            (Closed + " -vf scale=out_range=full -color_range pc", "320x180", false, TagStyle.TrackZero),
            (Hidden + " -pix_fmt yuv420p10le", "320x180", true, TagStyle.Nanoseconds),
        ];
        await using var pool = Pool();
        for (var turn = 0; turn < 3; turn++)
        {
            foreach (var (encoding, size, isAv1, style) in streams)
            {
                var path = await EnhancedClips.FileAsync(encoding, size);
                var (header, video) = await ClipAsync(path, isAv1, style);
                var key = video.Where(packet => packet.IsKeyFrame).ElementAt(turn);
                using var frame = await DecodedAsync(pool, encoding + size, header, key);
                Assert.Equal(key.Pts, frame.Pts);
                var reference = await ReferenceAsync(path, video.Count(packet => packet.Pts < key.Pts));
                Assert.True(frame.Pixels.SequenceEqual(reference), $"{encoding} {size} turn {turn}: {frame.Width}x{frame.Height}, {reference.Length} reference bytes");
            }
        }

        Assert.Equal(3, ChildProcesses.Ffmpeg().Count); // one a codec, H.264's started ahead
    }

    [Theory]
    [InlineData(Closed, false, 4)]
    [InlineData(Closed, false, 15)]
    [InlineData(Hidden, true, 2)]
    [InlineData(Hidden, true, 14)]
    public async Task A_run_gives_the_picture_of_its_last_packet(string encoding, bool isAv1, int length)
    {
        var path = await EnhancedClips.FileAsync(encoding, "640x360");
        var (header, video) = await ClipAsync(path, isAv1, TagStyle.CodedFrames);
        await using var pool = Pool();
        using var frame = await DecodedAsync(pool, "run", header, [.. video.Take(length)]);
        Assert.Equal(video[length - 1].Pts, frame.Pts);
        var reference = await ReferenceAsync(path, video.Count(packet => packet.Pts < frame.Pts));
        Assert.True(frame.Pixels.SequenceEqual(reference));
    }

    [Theory]
    [InlineData(Closed, false)]
    [InlineData(Realtime, true)]
    public async Task Undecodable_bits_fail_with_a_reason_and_cost_no_worker(string encoding, bool isAv1)
    {
        var (header, video) = await ClipAsync(await EnhancedClips.FileAsync(encoding, "640x360"), isAv1, TagStyle.CodedFrames);
        await using var pool = Pool();
        using (await DecodedAsync(pool, "good", header, video[0]))
        {
        }

        var workers = ChildProcesses.Ffmpeg().Order().ToList();
        var bytes = video[0].Payload.ToArray();
        if (isAv1)
            bytes.AsSpan(bytes.Length / 4).Fill(0xFF);
        else
            DamageSlices(bytes, video[0].Traits.HeaderLength);
        var damaged = new PacketPool().Copy(MediaKind.Video, video[0].Dts, bytes, video[0].Traits);
        var result = await pool.DecodeAsync(new DecodeRequest(new StreamId("bad"), header, [damaged]), TestContext.Current.CancellationToken);
        if (!isAv1) // an AV1 tile of any bits is a picture
            Assert.Equal(GateFault.DecoderFailed, Assert.IsType<DecodeResult.Failed>(result).Fault);
        (result as DecodeResult.Decoded)?.Frame.Dispose();
        using var frame = await DecodedAsync(pool, "good", header, video[0]);
        Assert.Equal(workers, ChildProcesses.Ffmpeg().Order());
    }

    [Fact]
    public async Task A_tag_that_says_key_frame_where_none_is_gives_a_reason()
    {
        var (header, video) = await ClipAsync(await EnhancedClips.FileAsync(Closed, "640x360"), isAv1: false, TagStyle.CodedFrames);
        var lie = new PacketPool().Copy(MediaKind.Video, video[1].Dts, video[1].Payload.Span, video[1].Traits with { IsKeyFrame = true });
        await using var pool = Pool();
        var failed = Assert.IsType<DecodeResult.Failed>(await pool.DecodeAsync(new DecodeRequest(new StreamId("lie"), header, [lie]), TestContext.Current.CancellationToken));
        Assert.Contains("key frame", failed.Reason, StringComparison.Ordinal);
    }

    private static void DamageSlices(byte[] bytes, int at)
    {
        while (at + 4 < bytes.Length)
        {
            var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
            if (((bytes[at + 4] >> 1) & 0x3F) <= 31)
                bytes.AsSpan(at + 6, length - 2).Clear(); // a slice that is not the first of its picture, of picture set 0 and no type
            at += 4 + length;
        }
    }
}
