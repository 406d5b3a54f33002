using IntegrityGate.Configuration;
using IntegrityGate.Hosting.Listeners;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Rtmp.Listeners;
using IntegrityGate.Media.Transport;
using IntegrityGate.Streams;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace IntegrityGate.Hosting;

/// <summary>
/// The RTMP ports, on a Kestrel of their own. It opens when everything else stands, and on the way out it closes and drains first, while page,
/// health and feed still answer from theirs.
/// </summary>
internal sealed partial class RtmpHost : IHostedLifecycleService, IDisposable
{
    private readonly KestrelServer _kestrel;
    private readonly RtmpServer _server;
    private readonly StreamRegistry _streams;
    private readonly ShutdownOptions _options;
    private readonly ILogger _logger;
    private volatile bool _isOpen;

    public RtmpHost(
        GateOptions options, IServiceProvider services, IEnumerable<IConnectionListenerFactory> transports, RtmpServer server, StreamRegistry streams, ILoggerFactory loggers)
    {
        _server = server;
        _streams = streams;
        _options = options.Shutdown;
        _logger = loggers.CreateLogger<RtmpHost>();
        var kestrel = new KestrelServerOptions { ApplicationServices = services };
        kestrel.Listen(new LoopEndPoint(options.Rtmp.Address, options.Rtmp.Port), listener =>
            listener.UseRtmp(server, new RtmpListenerOptions { TrustedProxies = options.Rtmp.Proxies }));
        if (options.Rtmps.Enabled && options.Tls.Certificates.Count > 0)
        {
            var certificates = services.GetRequiredService<CertificateStore>();
            kestrel.Listen(options.Rtmps.Address, options.Rtmps.Port, listener =>
                listener.UseRtmp(server, new RtmpListenerOptions { TrustedProxies = options.Rtmps.Proxies, Tls = certificates.Select }));
        }

        _kestrel = new KestrelServer(Options.Create(kestrel), new RtmpTransport(transports), loggers);
    }

    /// <summary>True while publishers are taken.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>Where it listens: RTMP, and RTMPS if there is such a port.</summary>
    public IReadOnlyList<string> Addresses => [.. _kestrel.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses];

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await _kestrel.StartAsync(new NoHttp(), cancellationToken);
        _isOpen = true;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _isOpen = false;
        Log.Draining(_logger, _server.Connections, _options.Grace);
        await _kestrel.StopAsync(cancellationToken);

        // Their publishers are gone; what they still owe goes to the upstreams (5 s at most) and to the journal.
        await Task.WhenAll(_streams.Live.Select(stream => stream.Completion)).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Log.Drained(_logger, _streams.Live.Count);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _kestrel.Dispose();

    private static partial class Log
    {
        [LoggerMessage(6610, LogLevel.Information, "No new publishers; {Connections} RTMP connections have {Grace} to leave.")]
        public static partial void Draining(ILogger logger, int connections, TimeSpan grace);

        [LoggerMessage(6611, LogLevel.Information, "The RTMP ports are closed; {Streams} streams have not ended yet.")]
        public static partial void Drained(ILogger logger, int streams);
    }
}
