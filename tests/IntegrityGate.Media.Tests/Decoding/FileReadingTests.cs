using IntegrityGate.Media.Decoding;
using IntegrityGate.Media.Tests.H264;

namespace IntegrityGate.Media.Tests.Decoding;

[Collection("ffmpeg")]
public sealed class FileReadingTests
{
    private static Task<string> ClipAsync(string extension, string more = "-c:v libx264 -preset veryfast -bf 2") =>
        TestMedia.ClipAsync($"-f lavfi -i testsrc2=s=318x178:r=25:d=3 {more}", extension);

    [Theory]
    [InlineData(".mp4", "-c:v libx264 -preset veryfast -bf 2")]
    [InlineData(".flv", "-c:v libx264 -preset veryfast -bf 2")]
    [InlineData(".ts", "-c:v libx264 -preset veryfast -bf 2")]
    [InlineData(".mkv", "-c:v libvpx -deadline realtime -b:v 500k")]
    public async Task Pictures_come_at_the_interval_with_their_true_times(string extension, string encoding)
    {
        var clip = await ClipAsync(extension, encoding);
        var times = (await FfmpegTool.LinesAsync("ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "frame=pts_time", "-of", "csv=p=0", clip))
            .Select(line => double.Parse(line.TrimEnd(','), System.Globalization.CultureInfo.InvariantCulture) * 1000).ToList();
        var expected = times.Where((time, i) => i == 0 || Math.Floor(time / 500) > Math.Floor(times[i - 1] / 500)).ToList();

        var read = new List<double>();
        await foreach (var frame in new FileFrameSource().ReadAsync(clip, TimeSpan.FromSeconds(0.5), TestContext.Current.CancellationToken))
        {
            using (frame)
            {
                Assert.Equal((318, 178), (frame.Width, frame.Height));
                read.Add(frame.Pts.Milliseconds);
            }
        }

        Assert.Equal(expected.Count, read.Count);
        Assert.All(expected.Zip(read), pair => Assert.InRange(pair.Second, pair.First - 1, pair.First + 1));
    }

    [Fact]
    public async Task Every_picture_is_as_a_plain_ffmpeg_shows_it()
    {
        var clip = await ClipAsync(".mp4");
        var (_, expected, _) = await FfmpegTool.RunAsync("ffmpeg", "-v", "error", "-i", clip, "-fps_mode", "passthrough", "-pix_fmt", "rgb24", "-f", "rawvideo", "-");
        var at = 0;
        await foreach (var frame in new FileFrameSource().ReadAsync(clip, TimeSpan.Zero, TestContext.Current.CancellationToken))
        {
            using (frame)
            {
                Assert.True(frame.Pixels.SequenceEqual(expected.AsSpan(at, 318 * 178 * 3)), $"{frame.Pts}");
                at += 318 * 178 * 3;
            }
        }

        Assert.Equal(expected.Length, at);
    }

    [Fact]
    public async Task Leaving_early_ends_the_process()
    {
        await foreach (var frame in new FileFrameSource().ReadAsync(await ClipAsync(".mp4"), TimeSpan.Zero, TestContext.Current.CancellationToken))
        {
            frame.Dispose();
            break;
        }

        Assert.Empty(ChildProcesses.Ffmpeg());
    }

    [Theory]
    [InlineData(".mp4", "-movflags use_metadata_tags")]
    [InlineData(".flv", "")]
    [InlineData(".mkv", "")]
    public async Task The_probe_reads_size_codec_length_and_the_AIGC_tag(string extension, string options)
    {
        var clip = await ClipAsync(extension, $"-c:v libx264 -preset veryfast {options} -metadata AIGC={{\"Label\":\"1\"}}");
        var read = await new MediaProbe().ReadAsync(clip, TestContext.Current.CancellationToken);
        Assert.Equal(("h264", 318, 178), (read.VideoCodec, read.Width, read.Height));
        Assert.InRange(read.Duration.TotalSeconds, 2.9, 3.1);
        Assert.Equal("{\"Label\":\"1\"}", read.Tags["AIGC"]);
    }

    [Fact]
    public async Task What_cannot_be_read_is_a_typed_error_without_the_inputs_name()
    {
        var path = TestMedia.NewPath(".mp4");
        await File.WriteAllBytesAsync(path, new byte[5000], TestContext.Current.CancellationToken);
        foreach (var input in (string[])[path, "/nowhere/secret.mp4", "rtmp://127.0.0.1:1/live/secret", "a\"b", ""])
        {
            var probe = await Assert.ThrowsAsync<MediaUnreadableException>(() => new MediaProbe().ReadAsync(input, TestContext.Current.CancellationToken));
            var source = await Assert.ThrowsAsync<MediaUnreadableException>(async () =>
            {
                await foreach (var frame in new FileFrameSource().ReadAsync(input, TimeSpan.Zero, TestContext.Current.CancellationToken))
                    frame.Dispose();
            });
            Assert.DoesNotContain("secret", probe.Message + source.Message, StringComparison.Ordinal);
            Assert.NotEmpty(probe.Message);
        }
    }
}
