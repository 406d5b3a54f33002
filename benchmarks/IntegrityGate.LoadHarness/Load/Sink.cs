using System.Collections.Concurrent;
using System.Net;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IntegrityGate.LoadHarness.Load;

/// <summary>The server at the end of every way: takes all streams and compares them with what was published.</summary>
internal sealed class Sink(ConcurrentDictionary<string, PublishedStream> streams, EventLoops loops) : IRtmpApplication, IAsyncDisposable
{
    private WebApplication? _app;

    /// <summary>Listens on a free port of the loopback address.</summary>
    /// <returns>The port.</returns>
    public async Task<int> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(new LoopEndPoint(IPAddress.Loopback, 0), listen => listen.UseConnectionHandler<RtmpServer>()));
        builder.Services.AddSingleton(loops).AddSingleton<IConnectionListenerFactory, LoopTransport>();
        builder.Services.AddSingleton<IRtmpApplication>(this).AddSingleton(PacketPool.Shared).AddSingleton(TimeProvider.System).AddSingleton<RtmpServer>();
        builder.Services.AddSingleton(new IngestLimits
        {
            MaxConnectionsPerAddress = 100_000,
            MaxPublishesPerSecond = 100_000,
            DrainGrace = TimeSpan.Zero,
            CloseLinger = TimeSpan.Zero,
        });
        _app = builder.Build();
        await _app.StartAsync();
        return new Uri(_app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()).Port;
    }

    /// <inheritdoc/>
    public ValueTask<PublishAnswer> PublishAsync(PublishRequest request, CancellationToken ct) =>
        new(new PublishAnswer.Accepted(new SinkPublication(streams.GetValueOrDefault(request.Address.Stream))));

    /// <inheritdoc/>
    public ValueTask<PlayAnswer> PlayAsync(PlayRequest request, CancellationToken ct) =>
        new(new PlayAnswer.Refused(RtmpStatus.PlayStreamNotFound, "nothing is played from here"));

    /// <inheritdoc/>
    public RtmpCapabilities CapabilitiesFor(string app) => RtmpCapabilities.None;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }
}
