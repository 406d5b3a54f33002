using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using IntegrityGate.Configuration;
using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Labels;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;
using IntegrityGate.Detection;
using IntegrityGate.Egress;
using IntegrityGate.Hosting;
using IntegrityGate.Looking.Listening;
using IntegrityGate.Looking.Scheduling;
using IntegrityGate.Media.Decoding;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Splicing;
using IntegrityGate.Reporting.Declarations;
using IntegrityGate.Reporting.Journal;
using IntegrityGate.Reporting.Streams;
using IntegrityGate.Routing;

namespace IntegrityGate.Streams;

/// <summary>Makes stream sessions from the settings in force, and knows the ways to the upstreams.</summary>
internal sealed partial class SessionFactory(
    LiveOptions live,
    StreamRegistry registry,
    DecodePool decoder,
    LookScheduler scheduler,
    ILabelPainter painter,
    IIncidentSink incidents,
    DeclarationBook declarations,
    PacketPool pool,
    TimeProvider time,
    ILoggerFactory loggers,
    IHostApplicationLifetime lifetime,
    DetectorSet? detectors = null,
    Hearing? hearing = null,
    SqliteJournal? journal = null)
{
    // By host and port, so bounded by the settings.
    private readonly ConcurrentDictionary<string, RtmpCapabilities> _capabilities = new(StringComparer.OrdinalIgnoreCase);
    private readonly ILogger _logger = loggers.CreateLogger<SessionFactory>();

    /// <summary>The settings of new streams.</summary>
    public GateOptions Options => live.Current.Options;

    /// <summary>Where a publisher's stream goes, by the settings in force.</summary>
    public RoutedPublish Route(PublishRequest request)
    {
        var settings = live.Current;
        var (route, captures) = settings.Options.Routes.Find(request.Address);
        return new RoutedPublish(request, route, captures, settings.Options.For(route), settings.JudgesOf(route));
    }

    /// <summary>A session for a stream that is about to begin.</summary>
    public StreamSession Create(StreamIdentity identity, RoutedPublish publish)
    {
        var options = publish.Options;
        if (options.Inspection.Enabled && detectors is null)
        {
            Log.NotLoaded(_logger, identity.Id.Value, publish.Route.Name);
            options = options with { Inspection = options.Inspection with { Enabled = false } };
        }

        return new StreamSession(identity, new SessionParts
        {
            Options = options,
            Pool = pool,
            Time = time,
            Loggers = loggers,
            Decoder = decoder,
            Scheduler = scheduler,
            Detectors = detectors,
            Hearing = hearing,
            Incidents = incidents,
            CreateJudge = (stream, session) => publish.Judges.Create(stream, session, publish.Countries),
            CreateSplicer = (id, output) => new Splicer(id, painter, SpliceOptionsOf(options), time, loggers.CreateLogger<Splicer>(), output),
            Propagator = options.Platform,
            IsStopping = () => lifetime.ApplicationStopping.IsCancellationRequested,
            Ended = registry.Remove,
        })
        {
            Route = publish.Route.Name,
        };
    }

    /// <summary>How to connect a publisher's stream to the servers of its route, primary first; empty when it is kept in the gate.</summary>
    /// <param name="publish">The stream.</param>
    /// <param name="upstreams">The servers.</param>
    /// <param name="capture">A capture whose value cannot stand in an upstream's address; null when there is none.</param>
    public bool TryResolve(RoutedPublish publish, out IReadOnlyList<UpstreamCall> upstreams, [NotNullWhen(false)] out string? capture)
    {
        var calls = new List<UpstreamCall>();
        upstreams = calls;
        capture = null;
        foreach (var template in publish.Route.Upstreams)
        {
            if (!template.TryResolve(publish.Captures, publish.Request.Address, publish.Request.Key, out var upstream, out capture))
                return false;
            calls.Add(new UpstreamCall(template.Name, (advice, token) => ConnectAsync(publish, template, upstream, advice, token)));
        }

        return true;
    }

    /// <summary>What enhanced RTMP the gate may promise on an app.</summary>
    public RtmpCapabilities CapabilitiesFor(string app) =>
        Options.Routes.Promise(RtmpAddress.Parse(app, "", "").App, upstream => _capabilities.GetValueOrDefault(upstream.EndPoint));

    private async Task<RtmpClient> ConnectAsync(RoutedPublish publish, UpstreamTemplate template, UpstreamAddress upstream, ReconnectAdvice? advice, CancellationToken cancellationToken)
    {
        if (advice is not null)
            upstream = upstream.Moved(advice);
        var (request, timeout) = (publish.Request, publish.Options.Upstream.ConnectTimeout);
        var client = new RtmpClientOptions
        {
            Key = upstream.Key,
            TcUrl = upstream.TcUrl,
            FlashVer = request.Encoder.Length == 0 ? new RtmpClientOptions { Key = upstream.Key }.FlashVer : request.Encoder,
            PublishType = request.PublishType,
            Capabilities = request.Capabilities,
            ConnectTimeout = timeout,
            HandshakeTimeout = timeout,
            CommandTimeout = timeout,
        };
        var connected = await RtmpClient.PublishAsync(upstream.Target, client, pool, time, loggers.CreateLogger<RtmpClient>(), cancellationToken);
        if (!request.Capabilities.IsLegacy)
            _capabilities[template.EndPoint] = connected.ServerCapabilities;
        return connected;
    }

    /// <summary>Declarations that were made for a stream before it came.</summary>
    public async ValueTask<IReadOnlyList<Claim>> StoredClaimsAsync(StreamId stream, string sessionId, CancellationToken cancellationToken)
    {
        var anchor = new ClockAnchor(time.GetUtcNow(), MediaTime.Zero);
        return [.. (await declarations.ForSessionAsync(stream, sessionId, cancellationToken)).Select(d => d.ToClaim(anchor))];
    }

    // The other bounds on an encoder's time follow the one that is set, in the proportion of their defaults: they would cut short what
    // an operator gives a slow machine.
    private static SpliceOptions SpliceOptionsOf(GateOptions options) => new()
    {
        Preset = options.Stamp.Preset,
        HevcPreset = options.Stamp.HevcPreset,
        Av1Preset = options.Stamp.Av1Preset,
        MaxLag = options.Stamp.MaxLag,
        MaxHold = 2 * options.Stamp.MaxLag,
        FlushTimeout = options.Stamp.MaxLag,
    };

    /// <summary>How often a reviewer dismissed what the detector alone had found, in earlier sessions of a stream.</summary>
    public async ValueTask<int> DismissalsAsync(StreamId stream, CancellationToken cancellationToken) =>
        journal is null ? 0 : await ReviewHistory.DismissalsAsync(journal, stream, cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(6030, LogLevel.Warning, "Stream {Stream} of route {Route} is not looked at: looking was off everywhere when the gate started, so no models are loaded; restart it.")]
        public static partial void NotLoaded(ILogger logger, string stream, string route);
    }
}
