using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.EndToEnd.Tests.Support;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Tests.Rtmp;
using IntegrityGate.Reporting.V1;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.EndToEnd.Tests;

/// <summary>Streams that go to more than one server, and to servers that change.</summary>
public sealed class RoutingTests
{
    [Fact]
    public async Task Every_server_of_a_route_gets_every_packet_whatever_becomes_of_the_others()
    {
        await using var primary = await TestHost.StartAsync();
        await using var copy = await TestHost.StartAsync();
        await using var gate = await GateProcess.StartAsync($$"""
            inspection:
              enabled: false
            routes:
              - name: studio
                stream: "{room}-*"
                upstreams:
                  - rtmp://127.0.0.1:{{primary.Port}}/live
                  - url: rtmp://127.0.0.1:{{FreePort.Take()}}/nobody
                  - url: rtmp://127.0.0.1:{{copy.Port}}/copies/{app}
                    key: "{room}{query}"
            """);
        var clip = await Clips.CornerAsync(seconds: 5);
        await using var publisher = Publisher.Start(clip, gate.Rtmp + "/12-main?token=secret");
        var (first, second) = (await primary.Application.NextAsync(), await copy.Application.NextAsync());
        await Eventually.TrueAsync(
            "the servers to be listed", async () => (await UpstreamsAsync(gate)) is [{ State: UpstreamState.Connected }, { State: UpstreamState.Connecting, LastError.Length: > 0 }, { State: UpstreamState.Connected }], details: () => gate.Log);
        Assert.DoesNotContain("12-main", string.Join(' ', await UpstreamsAsync(gate)), StringComparison.Ordinal);
        var connected = (await gate.Http.GetStringAsync("metrics")).Split('\n').Where(line => line.StartsWith("integritygate_stream_upstream_connected", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, connected.Count);
        Assert.EndsWith(" 0", Assert.Single(connected, line => line.Contains("/nobody", StringComparison.Ordinal)).Trim(), StringComparison.Ordinal);
        Assert.Contains("copies/{app}", string.Join('\n', connected), StringComparison.Ordinal);
        await publisher.Process.WaitForExitAsync();

        Assert.Equal(GateFault.PublisherEnded, (await first.Completed).Fault);
        Assert.Equal(GateFault.PublisherEnded, (await second.Completed).Fault);
        var sent = FlvRecording.Read(clip);
        foreach (var received in new[] { await first.RestAsync(), await second.RestAsync() })
        {
            Assert.Equal(sent.Video.Select(t => t.Dts), received.Where(p => p.Kind == MediaKind.Video && !p.Traits.IsSequenceHeader && p.Payload.Length > 5).Select(p => p.Dts));
            Assert.Equal(sent.Audio.Count(), received.Count(p => p.Kind == MediaKind.Audio && !p.Traits.IsSequenceHeader));
        }

        Assert.Equal("12-main?token=secret", Assert.Single(primary.Application.Requests).Key.Secret);
        var request = Assert.Single(copy.Application.Requests);
        Assert.Equal(("copies/live", "12?token=secret"), (request.App, request.Key.Secret));
        Assert.DoesNotContain("secret", gate.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_app_of_its_own_a_server_gets_the_publishers_byte_for_byte()
    {
        await using var upstream = await TestHost.StartAsync();
        await using var gate = await GateProcess.StartAsync($"inspection:\n  enabled: false\nupstream:\n  url: rtmp://127.0.0.1:{upstream.Port}\n");
        await using var publisher = await RtmpClient.PublishAsync(
            RtmpTarget.Parse($"rtmp://127.0.0.1:{gate.RtmpPort}/studio/_definst_?auth=%73ecret&&x"),
            new RtmpClientOptions { Key = new StreamKey("cam?sign=s%65cret") },
            new PacketPool(),
            TimeProvider.System,
            NullLogger.Instance,
            TestContext.Current.CancellationToken);
        var request = Assert.Single(upstream.Application.Requests);
        Assert.Equal("studio/_definst_?auth=%73ecret&&x", request.App);
        Assert.Equal($"rtmp://127.0.0.1:{upstream.Port}/studio/_definst_?auth=%73ecret&&x", request.TcUrl);
        Assert.Equal("cam?sign=s%65cret", request.Key.Secret);
        foreach (var text in new[] { gate.Log, await gate.Http.GetStringAsync("api/streams"), await gate.Http.GetStringAsync("metrics") })
        {
            Assert.DoesNotContain("ecret", text, StringComparison.Ordinal);
            Assert.DoesNotContain("cam?", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_changed_file_sends_the_next_publisher_elsewhere_and_leaves_the_running_one()
    {
        await using var before = await TestHost.StartAsync();
        await using var after = await TestHost.StartAsync();
        await using var gate = await GateProcess.StartAsync(Settings(before.Port));
        var clip = await Clips.CornerAsync(seconds: 5);
        await using var running = Publisher.Start(clip, gate.Rtmp + "/running", repeat: true);
        var stays = await before.Application.NextAsync();

        await File.WriteAllTextAsync(gate.Folder.In("settings.yaml"), "routes:\n  - upstreams: [http://nowhere]\n");
        await Eventually.TrueAsync("the bad file to be refused", () => gate.Log.Contains("routes.0.upstreams.0", StringComparison.Ordinal), details: () => gate.Log);
        await File.WriteAllTextAsync(gate.Folder.In("settings.yaml"), Settings(after.Port));
        await Eventually.TrueAsync("the good file to be read", () => gate.Log.Contains("read again", StringComparison.Ordinal), details: () => gate.Log);

        await using var next = Publisher.Start(clip, gate.Rtmp + "/next");
        await after.Application.NextAsync();
        var seen = stays.Offered;
        await Eventually.TrueAsync("the running stream to run on", () => stays.Offered > seen + 30);
        Assert.Equal(0, stays.Completions);
        Assert.Single(before.Application.Requests);

        static string Settings(int port) => $"inspection:\n  enabled: false\nroutes:\n  - app: live\n    upstreams: [rtmp://127.0.0.1:{port}/live]\n";
    }

    private static async Task<IReadOnlyList<Upstream>> UpstreamsAsync(GateProcess gate) => [.. (await gate.StreamsAsync()).Single().Upstreams];
}
