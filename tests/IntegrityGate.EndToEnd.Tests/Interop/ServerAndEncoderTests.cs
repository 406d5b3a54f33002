using System.Globalization;
using System.Net.NetworkInformation;
using IntegrityGate.EndToEnd.Tests.Interop.Compatibility;
using IntegrityGate.EndToEnd.Tests.Support;

namespace IntegrityGate.EndToEnd.Tests.Interop;

/// <summary>Encoders and servers that are not ours, on both sides of the gate: every byte of media arrives.</summary>
[Collection(InteropTestGroup.Name)]
public sealed class ServerAndEncoderTests
{
    [Theory]
    [InlineData("rtmp2sink")]
    [InlineData("rtmpsink")]
    [Peer("GStreamer rtmp2sink", "publisher", "full session; every audio and video payload equal at nginx-rtmp behind the gate")]
    [Peer("GStreamer rtmpsink (librtmp)", "publisher", "full session; every audio and video payload equal at nginx-rtmp behind the gate")]
    public async Task What_GStreamer_publishes_is_what_nginx_rtmp_records(string sink)
    {
        await Installed.GStreamerOrSkipAsync(sink, "flvmux", "x264enc", "avenc_aac", "h264parse");
        using var folder = new TempFolder();
        var sent = folder.In("sent.flv");
        await using var nginx = await NginxRtmp.StartAsync();
        await using var gate = await GateProcess.StartAsync($"upstream:\n  url: {nginx.Url}\ninspection:\n  enabled: false\n");
        // librtmp takes its options behind the address, in one quoted word.
        var location = sink == "rtmpsink" ? $"location=\"{gate.Rtmp}/gst live=1\"" : $"location={gate.Rtmp}/gst";

        await Tool.RunAsync("gst-launch-1.0", [
            "-q", "flvmux", "name=mux", "streamable=true", "!", "tee", "name=t", "!", "queue", "!", "filesink", $"location={sent}", "t.", "!", "queue", "!", sink, location,
            "videotestsrc", "num-buffers=120", "!", "video/x-raw,width=640,height=360,framerate=30/1", "!", "x264enc", "tune=zerolatency", "speed-preset=veryfast", "key-int-max=30",
            "!", "h264parse", "!", "queue", "!", "mux.video",
            "audiotestsrc", "num-buffers=170", "samplesperbuffer=1024", "!", "audio/x-raw,rate=44100,channels=1", "!", "avenc_aac", "!", "aacparse", "!", "queue", "!", "mux.audio"]);

        SameMedia(sent, await nginx.RecordingAsync("gst"), frames: 120);
    }

    [Fact]
    [Peer("ffmpeg", "publisher", "full session; every audio and video payload equal at the upstream")]
    [Peer("ffmpeg -listen 1", "upstream", "takes and records what ffmpeg publishes; payloads equal. It calls the publisher's end an I/O error and exits with 0")]
    public async Task What_ffmpeg_publishes_is_what_ffmpeg_in_listen_mode_records()
    {
        using var folder = new TempFolder();
        var recording = folder.In("received.flv");
        var clip = await Clips.CornerAsync(seconds: 5);
        var port = FreePort.Take();
        await using var server = Tool.Start("ffmpeg", ["-v", "error", "-listen", "1", "-i", string.Create(CultureInfo.InvariantCulture, $"rtmp://127.0.0.1:{port}/live/listen"), "-map", "0", "-c", "copy", recording]);
        await Eventually.TrueAsync(
            "ffmpeg to listen", () => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(e => e.Port == port), details: () => server.Errors);
        await using var gate = await GateProcess.StartAsync(string.Create(CultureInfo.InvariantCulture, $"upstream:\n  url: rtmp://127.0.0.1:{port}/live\ninspection:\n  enabled: false\n"));

        await Publisher.PublishAsync(clip, gate.Rtmp + "/listen");
        await Eventually.TrueAsync("ffmpeg to see the end", () => server.Process.HasExited, details: () => server.Errors + gate.Log);

        // ffmpeg 5.1 takes the end of any publisher, its own included, for an I/O error of its input, and writes the file whole.
        Assert.Equal(0, server.Process.ExitCode);
        SameMedia(clip, recording, frames: 150);
    }

    internal static void SameMedia(string sent, string received, int frames)
    {
        var (before, after) = (FlvRecording.Read(sent), FlvRecording.Read(received));
        Assert.Equal(frames, before.Video.Count());
        Assert.Equal(before.Video.Select(t => t.Digest), after.Video.Select(t => t.Digest));
        Assert.Equal(before.Audio.Select(t => t.Digest), after.Audio.Select(t => t.Digest));
    }
}
