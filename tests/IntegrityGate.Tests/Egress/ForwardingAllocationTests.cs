using System.Net;
using IntegrityGate.Configuration;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;
using IntegrityGate.Hosting;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.Tests.Egress;

/// <summary>The whole gate in this process, from the publisher's socket to the upstream's: what its event loop allocates, which does all work on a packet.</summary>
public sealed class ForwardingAllocationTests
{
    private const int PacketsAWindow = 3000;
    private const int Windows = 5;
    private const int Gop = 120;

    [Fact]
    public async Task A_forwarded_packet_allocates_nothing_once_the_first_GOPs_are_through()
    {
        Assert.SkipUnless(EventLoop.IsSupported, "event loops are made of Linux' epoll");
        await using var upstream = new CountingUpstream();
        var folder = Directory.CreateTempSubdirectory("allocation");
        var configuration = GateConfiguration.Build(null, new Dictionary<string, string?>
        {
            ["rtmp:address"] = "127.0.0.1",
            ["rtmp:port"] = "0",
            ["rtmp:loops:threads"] = "1",
            ["http:port"] = "0",
            ["grpc:port"] = "0",
            ["data:folder"] = folder.FullName,
            ["inspection:enabled"] = "false",
            ["upstream:url"] = $"rtmp://127.0.0.1:{await upstream.StartAsync()}/live",
        });
        await using var gate = GateHost.Build(configuration, GateOptionsReader.Read(configuration));
        GateHost.Map(gate);
        await gate.StartAsync(TestContext.Current.CancellationToken);
        var pool = new PacketPool();
        await using (var publisher = await RtmpClient.PublishAsync(
            RtmpTarget.Parse($"rtmp://127.0.0.1:{new Uri(gate.Services.GetRequiredService<RtmpHost>().Addresses[0]).Port}/live"),
            new RtmpClientOptions { Key = new StreamKey("k") },
            pool,
            TimeProvider.System,
            NullLogger.Instance,
            TestContext.Current.CancellationToken))
        {
            var loop = gate.Services.GetRequiredService<EventLoops>().Least;
            await SendAsync(publisher, pool, upstream, 0);

            // The least of some windows: what a packet costs it costs in each, while a trimmed pool or a late first call may fall into one.
            var least = long.MaxValue;
            for (var window = 1; window <= Windows && least > 0; window++)
            {
                var before = await AllocatedAsync(loop);
                await SendAsync(publisher, pool, upstream, window);
                least = Math.Min(least, await AllocatedAsync(loop) - before);
            }

            Assert.Equal(0, least);
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await gate.StopAsync(limit.Token);
        folder.Delete(recursive: true);
    }

    private static int PortOf(WebApplication app) =>
        new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    // One packet a millisecond of media time, so that no report that is due by media time falls into a window; sizes as of 1.5 Mbps.
    private static async Task SendAsync(RtmpClient publisher, PacketPool pool, CountingUpstream upstream, int window)
    {
        for (var number = 0; number < PacketsAWindow; number++)
        {
            var dts = new MediaTime(((long)window * PacketsAWindow) + number);
            var isAudio = number % 2 == 1;
            var packet = pool.Rent(isAudio ? MediaKind.Audio : MediaKind.Video, dts, isAudio ? 340 : number % Gop == 0 ? 60_000 : 4000 + (number % 7 * 500));
            packet.Writable.Clear();
            packet.Writable[0] = (byte)(isAudio ? 0xAF : number % Gop == 0 ? 0x17 : 0x27);
            packet.Writable[1] = 1;
            await publisher.SendAsync(packet, TestContext.Current.CancellationToken);
            packet.Release();
            await publisher.FlushAsync(TestContext.Current.CancellationToken);

            // No further ahead than a GOP: on one core the sockets would fill, and a connection that waits is no steady state.
            if ((number + 1) % Gop == 0)
                await upstream.WaitForAsync(((long)window * PacketsAWindow) + number + 1);
        }
    }

    // Looked at from here, because whatever told it from there would be allocated there.
    private static async Task<long> AllocatedAsync(EventLoop loop)
    {
        var probe = new Probe();
        loop.Post(probe);
        while (probe.Found < 0)
            await Task.Delay(1, TestContext.Current.CancellationToken);
        return probe.Found;
    }

    private sealed class Probe : IThreadPoolWorkItem
    {
        private long _found = -1;

        public long Found => Volatile.Read(ref _found);

        public void Execute() => Volatile.Write(ref _found, GC.GetAllocatedBytesForCurrentThread());
    }

    /// <summary>A server that takes every stream and counts its packets.</summary>
    private sealed class CountingUpstream : IRtmpApplication, IPublication, IAsyncDisposable
    {
        private WebApplication? _app;
        private long _packets;

        public CancellationToken Ending => CancellationToken.None;

        public PublicationEnd? End => null;

        public async Task<int> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<IRtmpApplication>(this).AddSingleton(new IngestLimits { CloseLinger = TimeSpan.Zero, DrainGrace = TimeSpan.Zero });
            builder.Services.AddSingleton(new PacketPool()).AddSingleton(TimeProvider.System).AddSingleton<RtmpServer>();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseConnectionHandler<RtmpServer>()));
            _app = builder.Build();
            await _app.StartAsync(TestContext.Current.CancellationToken);
            return PortOf(_app);
        }

        public async Task WaitForAsync(long packets)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            while (Volatile.Read(ref _packets) < packets)
                await Task.Delay(1, limit.Token);
        }

        public ValueTask WriteAsync(MediaPacket packet, CancellationToken ct)
        {
            packet.Release();
            Interlocked.Increment(ref _packets);
            return ValueTask.CompletedTask;
        }

        public ValueTask CompleteAsync(GateFault fault, string reason) => ValueTask.CompletedTask;

        public ValueTask<PublishAnswer> PublishAsync(PublishRequest request, CancellationToken ct) => new(new PublishAnswer.Accepted(this));

        public ValueTask<PlayAnswer> PlayAsync(PlayRequest request, CancellationToken ct) => new(new PlayAnswer.Refused(RtmpStatus.PlayFailed, "no"));

        public RtmpCapabilities CapabilitiesFor(string app) => RtmpCapabilities.None;

        public async ValueTask DisposeAsync()
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await _app!.StopAsync(limit.Token);
            await _app.DisposeAsync();
        }
    }
}
