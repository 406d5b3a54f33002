using System.Net;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Rtmp.Listeners;
using IntegrityGate.Media.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>An RTMP server on Kestrel at a free port, with a scripted application behind it.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly WebApplication _web;

    private TestHost(WebApplication web, TestApplication application, PacketPool pool, int port)
    {
        _web = web;
        Application = application;
        Pool = pool;
        Port = port;
    }

    public TestApplication Application { get; }

    public PacketPool Pool { get; }

    public int Port { get; }

    public RtmpServer Server => _web.Services.GetRequiredService<RtmpServer>();

    public RtmpTarget Target => RtmpTarget.Parse($"rtmp://127.0.0.1:{Port}/live");

    public string Url(string key) => $"rtmp://127.0.0.1:{Port}/live/{key}";

    public static async Task<TestHost> StartAsync(
        IngestLimits? limits = null,
        TimeProvider? time = null,
        Action<ListenOptions>? listen = null,
        ILoggerProvider? logs = null,
        RtmpListenerOptions? door = null,
        IPAddress? address = null,
        ReconnectAdvice? reconnect = null)
    {
        var application = new TestApplication();
        var pool = new PacketPool();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (logs is not null)
            builder.Logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddSingleton<IRtmpApplication>(application);
        builder.Services.AddSingleton(limits ?? new IngestLimits());
        builder.Services.AddSingleton(pool);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        if (reconnect is not null)
            builder.Services.AddSingleton(reconnect);
        builder.Services.AddSingleton<RtmpServer>();
        builder.WebHost.UseKestrelCore();
        if (listen is not null || door?.Tls is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        // As the gate does it: plain connections on event loops, the others on Kestrel's own sockets.
        builder.Services.AddSingleton(new EventLoops(1, TimeSpan.Zero, NullLogger<EventLoops>.Instance));
        if (listen is null && door?.Tls is null && EventLoop.IsSupported)
            builder.Services.AddSingleton<IConnectionListenerFactory, LoopTransport>();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(new LoopEndPoint(address ?? IPAddress.Loopback, 0), options =>
        {
            listen?.Invoke(options);
            if (door is null)
                options.UseConnectionHandler<RtmpServer>();
            else
                options.UseRtmp(kestrel.ApplicationServices.GetRequiredService<RtmpServer>(), door);
        }));
        var web = builder.Build();
        await web.StartAsync();
        var bound = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new TestHost(web, application, pool, new Uri(bound).Port);
    }

    public Task StopAsync(CancellationToken ct) => _web.StopAsync(ct);

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _web.StopAsync(limit.Token);
        await _web.DisposeAsync();
    }
}
