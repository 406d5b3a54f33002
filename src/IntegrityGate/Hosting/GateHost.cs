using System.Net;
using IntegrityGate.Access;
using IntegrityGate.Commands;
using IntegrityGate.Configuration;
using IntegrityGate.Core.Labels;
using IntegrityGate.Core.Packets;
using IntegrityGate.Detection;
using IntegrityGate.Enforcement.Labels;
using IntegrityGate.Looking.Scheduling;
using IntegrityGate.Media.Decoding;
using IntegrityGate.Hosting.Listeners;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Reporting;
using IntegrityGate.Reporting.Journal;
using IntegrityGate.Reporting.Streams;
using IntegrityGate.Streams;
using IntegrityGate.Web;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace IntegrityGate.Hosting;

/// <summary>Puts the gate together and runs it: the table of contents of a running gate.</summary>
internal static class GateHost
{
    private const string PageSide = "http";
    private const string FeedSide = "grpc";

    /// <summary>15 s: what waits for an upstream has five to go out, a peer that was told why has one to close, and the journal is closed.</summary>
    private static readonly TimeSpan s_closing = TimeSpan.FromSeconds(15);

    /// <summary>Runs until the process is told to stop.</summary>
    /// <exception cref="ConfigurationException">The settings cannot be used.</exception>
    public static async Task<int> RunAsync(IConfigurationRoot configuration, CancellationToken cancellationToken)
    {
        var options = GateOptionsReader.Read(configuration);
        await using var app = Build(configuration, options);
        Map(app);
        using var second = new SecondSignal();
        await app.StartAsync(cancellationToken);
        var rtmp = app.Services.GetRequiredService<RtmpHost>().Addresses.Select(EndPointOf).ToList();
        var http = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Select(EndPointOf).ToList();
        Banner.Print(Console.Out, options, rtmp, http);
        await app.WaitForShutdownAsync(cancellationToken);
        return ExitCode.Ok;
    }

    internal static WebApplication Build(IConfigurationRoot configuration, GateOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Grpc", LogLevel.Warning).AddFilter("Microsoft.Hosting", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.Critical); // not to be ready is an answer, not an error
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options));
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = endpoint => ListenSocket.Bind(endpoint, options.ReusePort));

        var services = builder.Services;
        services.AddSingleton(TimeProvider.System).AddSingleton(PacketPool.Shared);
        services.AddIntegrityGateReporting(ReportingOptionsOf(options));
        services.AddGrpcReflection();
        services.AddGrpcHealthChecks().AddCheck<JournalHealthCheck>("journal").AddCheck<DrainHealthCheck>("shutdown");
        services.AddGateTelemetry(options.Telemetry);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Shutdown.Delay + options.Shutdown.Grace + s_closing);
        services.AddEventLoops(options.Rtmp.Loops);
        AddLooking(services, options);
        AddStreams(services, configuration, options);
        return builder.Build();
    }

    private static void AddLooking(IServiceCollection services, GateOptions options)
    {
        services.AddSingleton(provider => new DecodePool(
            new DecodePoolOptions { Workers = options.Inspection.DecodeWorkers, RequestTimeout = options.Inspection.DecodeTimeout },
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<DecodePool>>()));
        services.AddSingleton(provider => new LookScheduler(
            new ScheduleOptions { Cores = options.Inspection.Budget.Cores, MaxUnseen = options.Inspection.MaxUnseen },
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<LookScheduler>>()));
        if (options.Looks)
            services.AddSingleton(provider => Composition.LoadDetectors(options, provider.GetRequiredService<ILoggerFactory>()));
        if (options.Looks && options.Inspection.ModelsReload > TimeSpan.Zero)
        {
            services.AddSingleton(provider => new ModelFolderWatch(
                provider.GetRequiredService<DetectorSet>(),
                options.Inspection.ModelsReload,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<ModelFolderWatch>>()));
        }

        if (options.Listens)
            services.AddSingleton(provider => Composition.LoadHearing(options, provider.GetRequiredService<DetectorSet>().Catalog, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<ILabelPainter>(provider => new LabelPainter(
            new LabelPainterOptions { FontPath = options.Stamp.Font.Length == 0 ? null : options.Stamp.Font }, provider.GetRequiredService<ILogger<LabelPainter>>()));
    }

    private static void AddStreams(IServiceCollection services, IConfigurationRoot configuration, GateOptions options)
    {
        services.AddSingleton(_ => StreamIdentities.Open(options.Data.Folder));
        services.AddSingleton<StreamRegistry>();
        services.AddSingleton<StreamMetrics>();
        services.AddSingleton<IStreamDirectory, StreamDirectory>();
        services.AddSingleton(provider => new LiveOptions(
            configuration,
            LiveOptions.Settings.Of(options, provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<LiveOptions>>()));
        services.AddSingleton<SessionFactory>();
        services.AddSingleton(provider =>
        {
            var live = provider.GetRequiredService<LiveOptions>();
            return new PublishAccess(() => live.Current.Options.Access, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>());
        });
        services.AddSingleton<IRtmpApplication, GateApplication>();
        services.AddSingleton(LimitsOf(options.Rtmp, options.Shutdown));
        services.AddSingleton(provider => new CertificateStore(options.Tls, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<CertificateStore>>()));
        services.AddSingleton(new ReconnectAdvice(options.Shutdown.ReconnectUrl));
        services.AddSingleton<RtmpServer>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<RtmpHost>(provider, options));
        services.AddHostedService(provider => provider.GetRequiredService<RtmpHost>());
        services.AddHostedService<StartUp>(); // after it, so asked before it to stop: readiness ends before the ports close
    }

    private static void Listen(KestrelServerOptions kestrel, GateOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Listen(options.Http.Address, options.Http.Port, listener =>
        {
            listener.Protocols = HttpProtocols.Http1;
            listener.MarkAs(PageSide);
            UseTls(listener, options.Http);
        });
        kestrel.Listen(options.Grpc.Address, options.Grpc.Port, listener =>
        {
            listener.Protocols = HttpProtocols.Http2;
            listener.MarkAs(FeedSide);
            UseTls(listener, options.Grpc);
        });
    }

    private static void UseTls(Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions listener, Configuration.ListenOptions options)
    {
        if (!options.Tls)
            return;
        var certificates = listener.ApplicationServices.GetRequiredService<CertificateStore>();
        listener.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = context => ValueTask.FromResult(certificates.SelectForHttp(context.ClientHelloInfo.ServerName)) });
    }

    internal static void Map(WebApplication app)
    {
        app.UseWebSockets(WebSocketPlayer.Options);
        app.UseRouting();
        app.UseListenerSides();
        var page = app.MapGroup("").OnListener(PageSide);
        page.MapPage();
        page.MapStatus();
        page.MapHttpFlv();
        page.MapHealth();
        page.MapPrometheusScrapingEndpoint("/metrics");
        var feed = app.MapGroup("").OnListener(FeedSide);
        feed.MapIntegrityGateFeed();
        feed.MapGrpcReflectionService();
        feed.MapGrpcHealthChecksService();
    }

    private static ReportingOptions ReportingOptionsOf(GateOptions options) => new()
    {
        HeartbeatInterval = options.FeedHeartbeat,
        Journal = new JournalOptions
        {
            Folder = options.Data.Folder,
            IncidentRetention = options.Data.KeepIncidents,
            AuditRetention = options.Data.KeepIncidents,
            EvidenceRetention = options.Data.KeepEvidence,
            MaxEvidenceBytes = options.Data.MaxEvidenceBytes,
        },
    };

    private static IngestLimits LimitsOf(RtmpListenOptions rtmp, ShutdownOptions shutdown) => new()
    {
        MaxMessageBytes = rtmp.MaxMessageBytes,
        MaxPartialBytesPerConnection = rtmp.MaxPartialBytes,
        MaxChunkStreams = rtmp.MaxChunkStreams,
        HandshakeTimeout = rtmp.HandshakeTimeout,
        TlsHandshakeTimeout = rtmp.TlsHandshakeTimeout,
        ProxyHeaderTimeout = rtmp.ProxyHeaderTimeout,
        MaxProxyHeaderBytes = rtmp.MaxProxyHeaderBytes,
        IdleTimeout = rtmp.IdleTimeout,
        MaxConnections = rtmp.MaxConnections,
        MaxConnectionsPerAddress = rtmp.MaxConnectionsPerAddress,
        MaxPublishesPerSecond = rtmp.MaxPublishesPerSecond,
        DrainGrace = shutdown.Grace,
    };

    private static IPEndPoint EndPointOf(string address)
    {
        var uri = new Uri(address.Replace("[::]", "[::0]", StringComparison.Ordinal));
        return new IPEndPoint(IPAddress.Parse(uri.Host.Trim('[', ']')), uri.Port);
    }
}
