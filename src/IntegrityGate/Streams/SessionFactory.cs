using IntegrityGate.Configuration;
using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Labels;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;
using IntegrityGate.Detection;
using IntegrityGate.Hosting;
using IntegrityGate.Media.Decoding;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Splicing;
using IntegrityGate.Reporting.Declarations;
using IntegrityGate.Reporting.Streams;

namespace IntegrityGate.Streams;

/// <summary>Makes stream sessions from the settings in force, and knows the way to the upstream.</summary>
internal sealed class SessionFactory(
    LiveOptions live,
    StreamRegistry registry,
    DecodePool decoder,
    ILabelPainter painter,
    IIncidentSink incidents,
    DeclarationBook declarations,
    PacketPool pool,
    TimeProvider time,
    ILoggerFactory loggers,
    IHostApplicationLifetime lifetime,
    DetectorSet? detectors = null)
{
    private RtmpCapabilities _upstreamCapabilities = RtmpCapabilities.None;

    /// <summary>The settings of new streams.</summary>
    public GateOptions Options => live.Current.Options;

    /// <summary>A session for a stream that is about to begin.</summary>
    public StreamSession Create(StreamIdentity identity)
    {
        var (options, judges) = live.Current;
        return new StreamSession(identity, new SessionParts
        {
            Options = options,
            Pool = pool,
            Time = time,
            Loggers = loggers,
            Decoder = decoder,
            Detectors = detectors,
            Incidents = incidents,
            CreateJudge = judges.Create,
            CreateSplicer = (id, output) => new Splicer(id, painter, SpliceOptionsOf(options), time, loggers.CreateLogger<Splicer>(), output),
            Propagator = options.Platform,
            IsStopping = () => lifetime.ApplicationStopping.IsCancellationRequested,
            Ended = registry.Remove,
        });
    }

    /// <summary>How to connect a publisher's stream to the upstream; null when streams are kept in the gate.</summary>
    public Func<CancellationToken, Task<RtmpClient>>? UpstreamFor(PublishRequest request)
    {
        var options = Options.Upstream;
        if (options.Target is not { } target)
            return null;
        var client = new RtmpClientOptions
        {
            Key = request.Key,
            FlashVer = request.Encoder.Length == 0 ? new RtmpClientOptions { Key = request.Key }.FlashVer : request.Encoder,
            PublishType = request.PublishType,
            Capabilities = request.Capabilities,
            ConnectTimeout = options.ConnectTimeout,
            HandshakeTimeout = options.ConnectTimeout,
            CommandTimeout = options.ConnectTimeout,
        };
        var logger = loggers.CreateLogger<RtmpClient>();
        return async cancellationToken =>
        {
            var connected = await RtmpClient.PublishAsync(target, client, pool, time, logger, cancellationToken);
            if (!request.Capabilities.IsLegacy)
                Volatile.Write(ref _upstreamCapabilities, connected.ServerCapabilities);
            return connected;
        };
    }

    /// <summary>
    /// What enhanced RTMP the gate may promise: everything when it keeps streams itself, otherwise what the upstream last
    /// said it takes, and nothing before it said so: a promise that the upstream breaks costs the publisher the stream.
    /// </summary>
    public RtmpCapabilities Capabilities => Options.Upstream.Target is null ? RtmpCapabilities.PassAll : Volatile.Read(ref _upstreamCapabilities);

    /// <summary>Declarations that were made for a stream before it came.</summary>
    public async ValueTask<IReadOnlyList<Claim>> StoredClaimsAsync(StreamId stream, string sessionId, CancellationToken cancellationToken)
    {
        var anchor = new ClockAnchor(time.GetUtcNow(), MediaTime.Zero);
        return [.. (await declarations.ForSessionAsync(stream, sessionId, cancellationToken)).Select(d => d.ToClaim(anchor))];
    }

    private static SpliceOptions SpliceOptionsOf(GateOptions options) => new() { Preset = options.Stamp.Preset, MaxLag = options.Stamp.MaxLag };
}
