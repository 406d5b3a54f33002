using System.Net;
using System.Text.Json;
using IntegrityGate.EndToEnd.Tests.Support;

namespace IntegrityGate.EndToEnd.Tests;

/// <summary>Without an upstream one machine needs no other server.</summary>
public sealed class PlayTests
{
    [Fact]
    public async Task A_stream_kept_in_the_gate_plays_over_HTTP_FLV_and_RTMP_by_key_and_by_public_id()
    {
        await using var gate = await GateProcess.StartAsync();
        await using var publisher = Publisher.Start(await Clips.PlainAsync(seconds: 30), gate.Rtmp + "/kept");
        var stream = await gate.LiveStreamAsync();

        foreach (var url in (string[])[gate.Http.BaseAddress + "live/kept.flv", $"{gate.Http.BaseAddress}live/{stream}.flv", gate.Rtmp + "/kept", $"{gate.Rtmp}/{stream}"])
        {
            var probe = await Tool.RunAsync("ffprobe", "-v", "error", "-show_entries", "stream=codec_name,width", "-of", "csv=p=0", url);
            Assert.Contains("h264,1280", probe.Output, StringComparison.Ordinal);
            Assert.Contains("aac", probe.Output, StringComparison.Ordinal);
            // Frames keep their own times: a player that joins late guesses the frame rate from too few of them.
            var decode = await Tool.RunAsync("ffmpeg", "-v", "error", "-i", url, "-t", "2", "-vsync", "passthrough", "-enc_time_base", "-1", "-f", "null", "-");
            Assert.True(decode.Errors.Trim().Length == 0, $"{url.Replace("kept", "[key]", StringComparison.Ordinal)}: {decode.Errors}");
        }
    }

    [Fact]
    public async Task The_publish_key_shows_nowhere()
    {
        await using var gate = await GateProcess.StartAsync();
        await using var publisher = Publisher.Start(await Clips.PlainAsync(seconds: 30), gate.Rtmp + "/topsecretkey?token=alsosecret", declare: true);
        var stream = await gate.LiveStreamAsync();
        await Eventually.TrueAsync("an incident on the page", async () => (await gate.Http.GetStringAsync("api/incidents")).Contains("label.missing", StringComparison.Ordinal), details: () => gate.Log);

        foreach (var path in (string[])["", "api/streams", "api/incidents", "metrics"])
        {
            var text = await gate.Http.GetStringAsync(path);
            Assert.DoesNotContain("topsecretkey", text, StringComparison.Ordinal);
            Assert.DoesNotContain("alsosecret", text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("topsecretkey", gate.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("alsosecret", gate.Log, StringComparison.Ordinal);
        Assert.Contains(stream, await gate.Http.GetStringAsync("api/streams"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_health_and_metrics_answer()
    {
        await using var gate = await GateProcess.StartAsync();
        Assert.Contains("IntegrityGate", await gate.Http.GetStringAsync("/"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await gate.Http.GetAsync("health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await gate.Http.GetAsync("health/ready")).StatusCode);
        await using var publisher = Publisher.Start(await Clips.PlainAsync(), gate.Rtmp + "/measured");
        await Eventually.TrueAsync("a look in the metrics", async () =>
        {
            var metrics = await gate.Http.GetStringAsync("metrics");
            return metrics.Contains("integritygate_look_samples", StringComparison.Ordinal) && metrics.Contains("integritygate_ingest_packets", StringComparison.Ordinal);
        }, details: () => gate.Log);
        await Eventually.TrueAsync("a thumbnail", async () =>
        {
            using var streams = JsonDocument.Parse(await gate.Http.GetStringAsync("api/streams"));
            if (streams.RootElement.GetArrayLength() == 0 || streams.RootElement[0].GetProperty("thumbnailVersion").GetInt32() == 0)
                return false;
            var picture = await gate.Http.GetByteArrayAsync($"api/streams/{streams.RootElement[0].GetProperty("id").GetString()}/thumbnail.jpg");
            return picture is [0xFF, 0xD8, ..];
        });
    }
}
