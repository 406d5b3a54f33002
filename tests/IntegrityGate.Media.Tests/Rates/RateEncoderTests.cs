using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Decoding;
using IntegrityGate.Media.Rates;
using IntegrityGate.Media.Tests.H264;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.Media.Tests.Rates;

public sealed class RateEncoderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("integritygate-rates-");

    [Theory]
    [InlineData("640x480", "360p@crf28", 480, 360)]
    [InlineData("480x640", "360p@crf28", 360, 480)]
    [InlineData("333x251", "240p@crf28", 318, 240)]
    [InlineData("320x240", "720p@crf28", 320, 240)]
    [InlineData("333x251", "360p@crf28", 332, 250)]
    [InlineData("251x334", "360p@crf28", 250, 334)]
    [InlineData("640x480", "360p@800k", 480, 360)]
    public async Task A_picture_becomes_the_IDR_of_a_stream_that_the_pool_decodes(string size, string rate, int width, int height)
    {
        var picture = await DrawAsync("100%d.png", size);
        using var encoded = await new RateEncoder().EncodePictureAsync(picture, Rate(rate), TestContext.Current.CancellationToken);
        Assert.True(encoded.Header.IsSequenceHeader);
        Assert.True(encoded.Picture.IsKeyFrame);
        await using var pool = new DecodePool(
            new DecodePoolOptions { Workers = 1, RequestTimeout = TimeSpan.FromMinutes(1), StartTimeout = TimeSpan.FromMinutes(1) }, TimeProvider.System, NullLogger<DecodePool>.Instance);
        var result = await pool.DecodeAsync(new DecodeRequest(new StreamId("s"), encoded.Header, [encoded.Picture]), TestContext.Current.CancellationToken);
        using var frame = Assert.IsType<DecodeResult.Decoded>(result).Frame;
        Assert.Equal((width, height), (frame.Width, frame.Height));
    }

    [Fact]
    public async Task An_IDR_gets_its_part_of_the_bit_rate()
    {
        // Noise takes all that it may have.
        var picture = await DrawAsync("noise.png", "640x360", "nullsrc=s=640x360,geq=random(1)*255:128:128");
        foreach (var kbps in (int[])[400, 800, 1600])
        {
            using var encoded = await new RateEncoder().EncodePictureAsync(picture, new StreamRate(360, null, kbps), TestContext.Current.CancellationToken);
            Assert.InRange(encoded.Picture.Payload.Length * 8.0 / (kbps * 1000), RateArguments.IdrSeconds / 3, RateArguments.IdrSeconds * 1.2);
        }
    }

    [Fact]
    public async Task A_clip_has_an_IDR_every_two_seconds_and_the_rate_it_was_asked_for()
    {
        var clip = Path.Combine(_folder.FullName, "clip.mp4");
        await FfmpegTool.LinesAsync("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=s=640x480:r=25,noise=alls=60:allf=t", "-f", "lavfi", "-i", "sine", "-t", "7", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", clip);
        var output = Path.Combine(_folder.FullName, "out.flv");
        await new RateEncoder().EncodeClipAsync(clip, Rate("360p@600k"), output, TestContext.Current.CancellationToken);
        var keys = await FfmpegTool.LinesAsync("ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "packet=pts_time,flags", "-of", "csv=p=0", output);
        // FLV has no time before zero: with B-frames the first picture is shown a few frames late.
        Assert.Equal([0, 2, 4, 6], keys.Where(k => k.Contains('K', StringComparison.Ordinal)).Select(k => Math.Floor(double.Parse(k.Split(',')[0], System.Globalization.CultureInfo.InvariantCulture))));
        Assert.Equal(["video,480,360"], await FfmpegTool.LinesAsync("ffprobe", "-v", "error", "-show_entries", "stream=codec_type,width,height", "-of", "csv=p=0", output));
        Assert.InRange(new FileInfo(output).Length * 8 / 7.0 / 600_000, 0.7, 1.3);
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_and_no_packet_is_kept()
    {
        var file = Path.Combine(_folder.FullName, "garbage.png");
        await File.WriteAllBytesAsync(file, new byte[1000], TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<MediaUnreadableException>(() => new RateEncoder().EncodePictureAsync(file, Rate("360p@crf28"), TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<MediaUnreadableException>(() => new RateEncoder().EncodeClipAsync(file, Rate("360p@crf28"), file + ".flv", TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<MediaUnreadableException>(() => new RateEncoder().EncodePictureAsync(file + "-absent", Rate("360p@crf28"), TestContext.Current.CancellationToken));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static StreamRate Rate(string text) => StreamRate.TryParse(text, out var rate, out var reason) ? rate : throw new ArgumentException(reason, nameof(text));

    private async Task<string> DrawAsync(string name, string size, string? source = null)
    {
        var path = Path.Combine(_folder.FullName, name);
        await FfmpegTool.LinesAsync("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", source ?? $"testsrc2=s={size}", "-frames:v", "1", "-update", "1", path);
        return path;
    }
}
