using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;
using IntegrityGate.EndToEnd.Tests.Support;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Tests.Rtmp;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.EndToEnd.Tests;

/// <summary>A server that goes down for maintenance asks its publishers to come elsewhere, and the gate follows.</summary>
public sealed class MovingUpstreamTests
{
    private const int Gop = 10;

    private static readonly byte[] s_header = [0x17, 0, 0, 0, 0, 1, 0x64, 0, 0x1F, 0xFF, 0xE0, 0];

    private readonly PacketPool _pool = new();
    private int _sent;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_goes_on_where_its_server_asks_for_it_between_two_GOPs_and_loses_nothing()
    {
        await using var next = await TestHost.StartAsync();
        await using var server = await TestHost.StartAsync(
            limits: new IngestLimits { DrainGrace = TimeSpan.FromMinutes(2) }, reconnect: new ReconnectAdvice(next.Target.TcUrl + "?move=1"));
        await using var gate = await GateProcess.StartAsync($"inspection: {{ enabled: false }}\nupstream: {{ url: \"{server.Target.TcUrl}\" }}\n");
        await using var publisher = await RtmpClient.PublishAsync(
            RtmpTarget.Parse(gate.Rtmp),
            new RtmpClientOptions { Key = new StreamKey("key?sign=1"), Capabilities = RtmpCapabilities.PassAll },
            _pool,
            TimeProvider.System,
            NullLogger.Instance,
            Ct);
        await SendAsync(publisher, s_header);
        var before = await server.Application.NextAsync();
        await SendAsync(publisher, Gop + (Gop / 2));
        await Eventually.TrueAsync("one and a half GOPs to arrive", () => before.Offered == 1 + _sent);

        var stopping = server.StopAsync(Ct);
        await Eventually.TrueAsync(
            "the gate to move",
            async () =>
            {
                await SendAsync(publisher, 1);
                return gate.Log.Contains("asks for a new connection", StringComparison.Ordinal);
            },
            details: () => gate.Log);
        var after = await next.Application.NextAsync();
        await SendAsync(publisher, Gop);
        await publisher.DisposeAsync();
        await stopping;

        var (first, second) = (await before.RestAsync(), await after.RestAsync());
        Assert.Equal(s_header, second[0].Payload);
        Assert.Equal((byte)0x17, second[1].Payload[0]);
        Assert.Equal(Enumerable.Range(0, _sent), first.Skip(1).Concat(second.Skip(1)).Select(packet => BitConverter.ToInt32(packet.Payload, 5)));
        var request = Assert.Single(next.Application.Requests);
        Assert.Equal(("key?sign=1", "live?move=1"), (request.Key.Secret, request.Address.OwnApp));
        Assert.DoesNotContain("sign=1", gate.Log, StringComparison.Ordinal);
    }

    private async Task SendAsync(RtmpClient publisher, byte[] payload)
    {
        var packet = _pool.Copy(MediaKind.Video, new MediaTime(40L * _sent), payload);
        await publisher.SendAsync(packet, Ct);
        packet.Release();
        await publisher.FlushAsync(Ct);
    }

    private async Task SendAsync(RtmpClient publisher, int pictures)
    {
        for (var number = 0; number < pictures; number++)
        {
            await SendAsync(publisher, [(byte)(_sent % Gop == 0 ? 0x17 : 0x27), 1, 0, 0, 0, .. BitConverter.GetBytes(_sent)]);
            _sent++;
        }
    }
}
