using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using IntegrityGate.EndToEnd.Tests.Support;

namespace IntegrityGate.EndToEnd.Tests;

/// <summary>How a gate ends and hands over, as real processes.</summary>
public sealed class LifeCycleTests
{
    [Fact]
    public async Task A_drain_takes_nobody_new_lets_the_stream_run_to_its_end_and_answers_probes_meanwhile()
    {
        await using var nginx = await NginxRtmp.StartAsync();
        await using var gate = await GateProcess.StartAsync($"upstream:\n  url: {nginx.Url}\nshutdown:\n  grace: 10m\n");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gate, "health/ready"));
        var clip = await Clips.PlainAsync(seconds: 30);
        await using var publisher = Publisher.Start(clip, gate.Rtmp + "/leaving");
        await RunningStreamAsync(gate);

        await gate.TerminateAsync();
        await Eventually.TrueAsync("the gate not to be ready", async () => await StatusAsync(gate, "health/ready") == HttpStatusCode.ServiceUnavailable, details: () => gate.Log);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gate, "health/live"));
        await Eventually.TrueAsync("the port to be closed", () => !Listens(gate.RtmpPort), details: () => gate.Log);
        Assert.Single(await StreamsAsync(gate));

        await publisher.Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(publisher.Process.ExitCode == 0, publisher.Errors);
        Assert.Equal(0, await gate.ExitCodeAsync());
        var recording = FlvRecording.Read(await nginx.RecordingAsync("leaving"));
        Assert.Equal(FlvRecording.Read(clip).Video.Select(tag => tag.Digest), recording.Video.Select(tag => tag.Digest));
        Assert.DoesNotContain("fail:", gate.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_stays_longer_than_the_limit_is_closed_cleanly_and_nobody_is_waited_for()
    {
        await using var nginx = await NginxRtmp.StartAsync();
        await using var gate = await GateProcess.StartAsync($"upstream:\n  url: {nginx.Url}\nshutdown:\n  grace: 1s\ncontinuity:\n  hold: 10m\n");
        await using var publisher = Publisher.Start(await Clips.PlainAsync(), gate.Rtmp + "/staying", repeat: true);
        await RunningStreamAsync(gate);
        await gate.TerminateAsync();
        Assert.Equal(0, await gate.ExitCodeAsync());
        Assert.Contains("ended: GateShutdown", gate.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("fail:", gate.Log, StringComparison.Ordinal);
        Assert.NotEmpty(FlvRecording.Read(await nginx.RecordingAsync("staying")).Video);
        await Eventually.TrueAsync("the encoder to notice", () => publisher.Process.HasExited, details: () => publisher.Errors);
    }

    [Fact]
    public async Task A_second_gate_on_the_same_port_takes_what_comes_while_the_first_drains()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SO_REUSEPORT as used here is Linux's");
        const string settings = "shutdown:\n  grace: 10m\nreusePort: true\n";
        await using var old = await GateProcess.StartAsync(settings);
        var clip = await Clips.PlainAsync(seconds: 45);
        await using var first = Publisher.Start(clip, old.Rtmp + "/first");
        await RunningStreamAsync(old);
        await using var fresh = await GateProcess.StartAsync(settings, rtmpPort: old.RtmpPort);
        Assert.Equal(old.RtmpPort, fresh.RtmpPort);

        await old.TerminateAsync();
        await Eventually.TrueAsync("the first gate not to be ready", async () => await StatusAsync(old, "health/ready") == HttpStatusCode.ServiceUnavailable, details: () => old.Log);

        // Until its port is closed the kernel may still deal a connection to the first gate, which closes it; encoders come again.
        await Eventually.TrueAsync(
            "the second publisher to be with the second gate",
            async () =>
            {
                await using var second = Publisher.Start(await Clips.PlainAsync(), fresh.Rtmp + "/second", repeat: true);
                await Eventually.TrueAsync("it to be there or gone", async () => second.Process.HasExited || (await StreamsAsync(fresh)).Count == 1, details: () => fresh.Log);
                return !second.Process.HasExited;
            },
            seconds: 90,
            details: () => fresh.Log);

        await first.Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(first.Process.ExitCode == 0, first.Errors);
        Assert.Equal(0, await old.ExitCodeAsync());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(fresh, "health/ready"));
    }

    private static async Task<HttpStatusCode> StatusAsync(GateProcess gate, string path)
    {
        using var answer = await gate.Http.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }

    private static async Task<List<JsonElement>> StreamsAsync(GateProcess gate) =>
        [.. JsonDocument.Parse(await gate.Http.GetStringAsync(new Uri("api/streams", UriKind.Relative))).RootElement.EnumerateArray()];

    // Media came: the publisher has heard that it may publish. One that still waits for that is closed by a drain.
    private static Task RunningStreamAsync(GateProcess gate) => Eventually.TrueAsync(
        "a stream to run",
        async () => (await StreamsAsync(gate)).Any(stream => stream.GetProperty("mediaMs").GetInt64() > 0),
        details: () => gate.Log);

    private static bool Listens(int port)
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
