using IntegrityGate.EndToEnd.Tests.Support;

namespace IntegrityGate.EndToEnd.Tests.Interop;

/// <summary>Players that are not ours play through the stamp's beginning and its end.</summary>
[Collection(InteropTestGroup.Name)]
public sealed class PlayerTests(InteropGate fixture)
{
    [Theory]
    [InlineData("rtmp")]
    [InlineData("http")]
    public async Task Ffmpeg_decodes_through_two_splices(string protocol)
    {
        using var folder = new TempFolder();
        var file = folder.In("played.flv");
        await using var stream = await SplicedStream.StartAsync(fixture.Gate, repeat: true);
        await using var player = Tool.Start("ffmpeg", [
            "-v", "error", "-i", protocol == "rtmp" ? stream.Rtmp : stream.HttpFlv, "-map", "0", "-c", "copy", "-copyts", "-flush_packets", "1", "-f", "flv", file,
            "-map", "0", "-vsync", "passthrough", "-enc_time_base", "-1", "-f", "null", "-"]);

        await PlayAsync(stream, player, () => HasBytes(file));

        Assert.Equal("", player.Errors.Trim());
        await Seams.StandInRecordingAsync(file, stream.Clip);
    }

    [Fact]
    public async Task GStreamer_rtmp2src_decodes_through_two_splices()
    {
        await Installed.GStreamerOrSkipAsync("rtmp2src", "flvdemux", "h264parse", "avdec_h264");
        using var folder = new TempFolder();
        var file = folder.In("played.flv");
        await using var stream = await SplicedStream.StartAsync(fixture.Gate, repeat: true);
        await using var player = Tool.Start("gst-launch-1.0", [
            "-q", "rtmp2src", $"location={stream.Rtmp}", "!", "tee", "name=t", "!", "queue", "!", "filesink", "async=false", "buffer-mode=unbuffered", $"location={file}",
            "t.", "!", "queue", "!", "flvdemux", "name=d", "d.video", "!", "queue", "!", "h264parse", "!", "avdec_h264", "!", "fakesink", "async=false", "sync=false"]);

        await PlayAsync(stream, player, () => HasBytes(file));

        Assert.Equal("", player.Errors.Trim());
        await Seams.StandInRecordingAsync(file, stream.Clip);
    }

    [Fact]
    public async Task Mpv_shows_the_label_between_two_splices()
    {
        Installed.OrSkip("mpv");
        using var folder = new TempFolder();
        await using var stream = await SplicedStream.StartAsync(fixture.Gate, repeat: true);
        await using var player = Tool.Start("mpv", [
            "--no-config", "--ao=null", "--vo=image", "--vo-image-format=png", $"--vo-image-outdir={folder.Path}", "--vf=fps=4", "--msg-level=all=warn", stream.HttpFlv]);

        await PlayAsync(stream, player, () => Pictures(folder).Count > 0);

        Assert.Equal("", player.Errors.Trim());
        await Seams.StandInPicturesAsync(await ReadAsync(folder));
    }

    private static async Task PlayAsync(SplicedStream stream, Tool player, Func<bool> playing)
    {
        await stream.SpliceTwiceAsync(playing, () => player.Errors + player.Output);
        Assert.False(player.Process.HasExited, $"the player left: {player.Errors}");
        await stream.EndAsync();
        await Eventually.TrueAsync("the player to see the end", () => player.Process.HasExited, seconds: SplicedStream.Patience, details: () => player.Errors + player.Output);
        Assert.True(player.Process.ExitCode == 0, $"the player ended with {player.Process.ExitCode}:\n{player.Errors}");
    }

    private static bool HasBytes(string file) => File.Exists(file) && new FileInfo(file).Length > 100_000;

    private static List<string> Pictures(TempFolder folder) => [.. Directory.GetFiles(folder.Path, "*.png").Order(StringComparer.Ordinal)];

    private static async Task<IReadOnlyList<GrayFrame>> ReadAsync(TempFolder folder)
    {
        // The picture that a player was writing when the stream ended may be half.
        foreach (var (index, picture) in Pictures(folder).SkipLast(1).Index())
            File.Move(picture, folder.In($"in-order-{index:00000}.png"));
        return await GrayFrame.ReadAsync(folder.In("in-order-%05d.png"), 0, 3600);
    }
}
