using IntegrityGate.EndToEnd.Tests.Interop.Compatibility;
using IntegrityGate.EndToEnd.Tests.Support;

namespace IntegrityGate.EndToEnd.Tests.Interop;

/// <summary>Players that are not ours play through the stamp's beginning and its end.</summary>
[Collection(InteropTestGroup.Name)]
public sealed class PlayerTests(InteropGate fixture)
{
    [Theory]
    [InlineData("rtmp")]
    [InlineData("http")]
    [Peer("ffmpeg", "player, RTMP and HTTP-FLV", "plays through two splices; no frame or audio lost, no decode error")]
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
    [Peer("GStreamer rtmp2src", "player, RTMP", "plays through two splices; no frame or audio lost, no decode error")]
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
    [Peer("mpv", "player, HTTP-FLV", "shows the label between two splices, and none before and after")]
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

    [Theory]
    [InlineData("rtmp")]
    [InlineData("http")]
    [Peer("VLC", "player, RTMP and HTTP-FLV", "shows the label between two splices, and none before and after")]
    public async Task Vlc_shows_the_label_between_two_splices(string protocol)
    {
        Installed.OrSkip("cvlc");
        using var folder = new TempFolder();
        await using var stream = await SplicedStream.StartAsync(fixture.Gate, repeat: true);
        // On a busy machine VLC skips what is late, and then shows remains of older pictures until the next key frame: here it may not.
        string[] command =
        [
            "cvlc", "--intf", "dummy", "--no-audio", "--vout", "dummy", "--no-video-title-show", "--play-and-exit",
            "--no-drop-late-frames", "--no-skip-frames", "--no-avcodec-hurry-up",
            "--video-filter", "scene", "--scene-format", "png", "--scene-ratio", "8", "--scene-path", folder.Path, "--scene-prefix", "shown-",
            protocol == "rtmp" ? stream.Rtmp : stream.HttpFlv,
        ];
        // It refuses to run as root.
        string[] asNobody = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];
        string[] line = [.. asNobody, .. command];
        await using var player = Tool.Start(line[0], line[1..], folder.Path, new Dictionary<string, string> { ["HOME"] = folder.Path, ["XDG_RUNTIME_DIR"] = folder.Path });

        // It is some seconds behind, and drops what it has buffered when a stream ends.
        await PlayAsync(stream, player, () => Pictures(folder).Count > 3, () => Seams.IsLabelledAsync(Pictures(folder)[^2], Pictures(folder)[0]));

        await Seams.StandInPicturesAsync(await ReadAsync(folder));
    }

    private static async Task PlayAsync(SplicedStream stream, Tool player, Func<bool> playing, Func<Task<bool>>? labelled = null)
    {
        await stream.SpliceTwiceAsync(playing, () => player.Errors + player.Output, labelled);
        if (labelled is not null)
            await Eventually.TrueAsync("the player to show what comes after the label", async () => !await labelled(), seconds: SplicedStream.Patience, details: () => player.Errors + player.Output);
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
