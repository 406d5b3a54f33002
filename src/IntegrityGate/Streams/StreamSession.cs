using System.Diagnostics;
using System.Threading.Channels;
using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Telemetry;
using IntegrityGate.Core.Time;
using IntegrityGate.Egress;
using IntegrityGate.Looking;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Splicing;

namespace IntegrityGate.Streams;

/// <summary>
/// One stream's life under its name: the way of a packet in one place. Ingest calls <see cref="WriteAsync"/>; the tap
/// sees the packet; the splicer forwards or stamps it; <see cref="Write"/> gives what comes out to the upstream and to the
/// players. The looking side reaches this side through <see cref="Splicer.Direct"/> and the metadata marker only. Publishers
/// take turns: one that goes away without a goodbye is waited for, and upstream, players, judge and stamp stay meanwhile.
/// </summary>
internal sealed partial class StreamSession : IPacketSink, IAsyncDisposable
{
    private readonly SessionParts _parts;
    private readonly Sampler _sampler;
    private readonly SampleMailbox _mailbox = new();
    private readonly MetadataMarker _marker;
    private readonly Splicer _splicer;
    private readonly BitrateMeter _bitrate;
    private readonly Continuation _continuation = new();
    private readonly IngestCount _count = new();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Activity? _activity;
    private MediaTime _heldAt;
    private UpstreamLink? _upstream;
    private IReadOnlyList<UpstreamLink> _copies = [];
    private int _completed;
    private long _tapDrops;

    public StreamSession(StreamIdentity identity, SessionParts parts)
    {
        Identity = identity;
        _parts = parts;
        SessionId = Guid.CreateVersion7(parts.Time.GetUtcNow()).ToString("N");
        StartedAt = parts.Time.GetUtcNow();
        var accepting = Activity.Current;
        _activity = GateTelemetry.Activities.StartActivity("publish");
        _activity?.SetTag("stream.id", identity.Id.Value);
        _activity?.SetTag("stream.session", SessionId);
        Activity.Current = null; // the publish span lives for hours: each look has a trace of its own, linked to it
        Hub = new StreamHub(parts.Options.Play.GopCacheBytes, parts.Options.Play.QueueBytes);
        _bitrate = new BitrateMeter(parts.Time);
        Timing = new StreamTiming(parts.Time);
        _marker = new MetadataMarker(parts.Pool);
        _splicer = parts.CreateSplicer(identity.Id, this);
        Watch = new StreamWatch(identity.Id, SessionId, parts, _mailbox, _splicer, _marker, Block);
        _sampler = new Sampler(_mailbox, Watch.Pace, parts.Time, _activity?.Context ?? default);
        Turns = new PublisherTurns(this, parts, () => _ = KeepAliveAsync());
        Activity.Current = accepting;
    }

    /// <summary>Who the stream is.</summary>
    public StreamIdentity Identity { get; }

    /// <summary>Whose turn it is to publish.</summary>
    public PublisherTurns Turns { get; }

    /// <summary>Identifies this stream's life.</summary>
    public string SessionId { get; }

    /// <summary>When the publisher was accepted.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>Players.</summary>
    public StreamHub Hub { get; }

    /// <summary>The looking side.</summary>
    public StreamWatch Watch { get; }

    /// <summary>What the traits of the last video packet said.</summary>
    public MediaCodec VideoCodec { get; private set; }

    /// <summary>What the traits of the last audio packet said.</summary>
    public MediaCodec AudioCodec { get; private set; }

    /// <summary>DTS of the last packet.</summary>
    public MediaTime Position { get; private set; }

    /// <summary>Packets taken.</summary>
    public long Packets { get; private set; }

    /// <summary>Payload bytes taken.</summary>
    public long Bytes { get; private set; }

    /// <summary>Payload bits per second over the last seconds.</summary>
    public long BitsPerSecond => _bitrate.BitsPerSecond;

    /// <summary>How evenly the publisher sends.</summary>
    public StreamTiming Timing { get; }

    /// <summary>Video packets that left while the label was stamped.</summary>
    public long StampedFrames { get; private set; }

    /// <summary>The route that it took.</summary>
    public required string Route { get; init; }

    /// <summary>The way to the primary upstream; null when the stream is kept in the gate.</summary>
    public UpstreamLink? Upstream => _upstream;

    /// <summary>Primary and copies.</summary>
    public IEnumerable<UpstreamLink> Upstreams => _upstream is null ? [] : [_upstream, .. _copies];

    /// <summary>Why the gate ends the stream; null while it does not.</summary>
    public PublicationEnd? End { get; private set; }

    /// <summary>Done when everything of the session is over and its name is free.</summary>
    public Task Completion => _over.Task;

    /// <summary>
    /// Connects the primary upstream, which must accept before the publisher hears that it may start. The copies are connected in
    /// their own time, and whatever becomes of them is nobody else's concern.
    /// </summary>
    public async Task ConnectAsync(IReadOnlyList<UpstreamCall> upstreams, CancellationToken cancellationToken)
    {
        using var span = _activity is null ? null : GateTelemetry.Activities.StartActivity("upstream.connect", ActivityKind.Client, _activity.Context);
        var logger = _parts.Loggers.CreateLogger<UpstreamLink>();
        var (name, connect) = upstreams[0];
        _upstream = await UpstreamLink.OpenAsync(Identity.Id, name, connect, _parts.Options.Upstream, _parts.Time, logger, cancellationToken);
        _copies = [.. upstreams.Skip(1).Select(copy => UpstreamLink.Begin(Identity.Id, copy.Name, copy.ConnectAsync, _parts.Options.Upstream, _parts.Time, logger))];
    }

    /// <summary>Applies what was known before the first packet: the query's claim and stored declarations.</summary>
    public void Begin(IEnumerable<Claim> claims) => Watch.Begin(claims);

    /// <summary>Tells the judge what the journal knows of the stream, before its first packet.</summary>
    /// <param name="dismissals">How often a reviewer dismissed what the detector alone had found.</param>
    public void Know(int dismissals) => Watch.Know(dismissals);

    /// <summary>A publisher that came back may have brought other credentials: they are for the next connection to each of its servers.</summary>
    public void Renew(IReadOnlyList<UpstreamCall> upstreams)
    {
        // By other settings, or another query, it would go elsewhere now; a stream that runs stays where it is.
        if (!upstreams.Select(u => u.Name).SequenceEqual(Upstreams.Select(u => u.Name)))
            return;
        foreach (var (link, call) in Upstreams.Zip(upstreams))
            link.Renew(call.ConnectAsync);
    }

    /// <summary>Puts a moment of the stream's life into its trace.</summary>
    public void Trace(string moment) => _activity?.AddEvent(new ActivityEvent(moment, _parts.Time.GetUtcNow()));

    /// <summary>A publisher is gone: it is waited for, or the stream is over.</summary>
    public async ValueTask LeaveAsync(PublisherTurn turn, GateFault fault, string reason)
    {
        if (!Turns.Leave(turn, fault, reason, Pause))
            await CompleteAsync(fault, reason);
    }

    /// <summary>Waits no longer for a publisher that is away; a publisher that is there goes on.</summary>
    public async Task StopWaitingAsync(GateFault fault, string reason)
    {
        if (Turns.StopWaiting())
            await CompleteAsync(fault, reason);
    }

    /// <summary>Takes a packet and the caller's hold on it. Not completing is back-pressure.</summary>
    public async ValueTask WriteAsync(MediaPacket packet, CancellationToken cancellationToken)
    {
        if (!_continuation.TryPass(packet))
            return;
        Count(packet);
        if (packet.IsSequenceHeader && _upstream?.RefusalOf(packet) is { } refusal)
        {
            packet.Release();
            Close(GateFault.UpstreamRefused, RtmpStatus.PublishDenied, refusal);
            return;
        }

        if (packet.Kind == MediaKind.Data)
        {
            Watch.SeeScript(packet);
            packet = _marker.Pass(packet);
        }
        else if (_marker.TakePending(packet.Dts) is { } metadata)
        {
            await _splicer.WriteAsync(metadata, cancellationToken);
        }

        Watch.SeePacket(packet);
        _sampler.See(packet);
        await _splicer.WriteAsync(packet, cancellationToken);
    }

    /// <summary>What leaves the splicer: to the upstream and to the players. Takes over the hold.</summary>
    public void Write(MediaPacket packet)
    {
        if (packet.IsKeyFrame && packet.ReceivedTimestamp != 0)
            GateMetrics.ForwardDelay.Record(_parts.Time.GetElapsedTime(packet.ReceivedTimestamp).TotalMilliseconds);
        if (packet is { Kind: MediaKind.Video, IsSequenceHeader: false } && _splicer.State == SpliceState.Stamping)
            StampedFrames++;
        _upstream?.Write(packet);
        foreach (var copy in _copies)
            copy.Write(packet);
        Hub.Write(packet);
        packet.Release();
    }

    /// <summary>The stream is over, once, whatever happens after.</summary>
    public async ValueTask CompleteAsync(GateFault fault, string reason)
    {
        if (Interlocked.Exchange(ref _completed, 1) != 0)
            return;
        using var span = _activity is null ? null : GateTelemetry.Activities.StartActivity("publish.close", ActivityKind.Internal, _activity.Context);
        span?.SetTag("close.fault", fault.ToString());
        span?.SetTag("close.reason", reason);
        _count.Report();
        _mailbox.Complete();
        _sampler.Dispose();
        await _splicer.CompleteAsync();
        await _splicer.DisposeAsync();
        await Watch.EndAsync(fault, reason);
        Hub.End();
        await Task.WhenAll(Upstreams.Select(link => link.DisposeAsync().AsTask()));
        _activity?.SetTag("close.fault", fault.ToString());
        _activity?.Dispose();
        GateMetrics.Publishes.Add(1, new KeyValuePair<string, object?>("outcome", fault.ToString()));
        Log.Ended(_parts.Loggers.CreateLogger<StreamSession>(), Identity.Id.Value, fault, reason);
        _parts.Ended(this);
        Turns.Dispose();
        _continuation.Dispose();
        _over.SetResult();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => CompleteAsync(GateFault.GateShutdown, "the gate shuts down");

    /// <summary>Ends the stream from this side; the publisher is told why.</summary>
    public void Close(GateFault fault, string code, string description)
    {
        if (Volatile.Read(ref _completed) != 0)
            return;
        End ??= new PublicationEnd(fault, code, description);
        if (Turns.Close(End))
            _ = CompleteAsync(fault, description).AsTask();
    }

    private void Pause()
    {
        _continuation.Pause();
        _heldAt = _continuation.Next ?? Position;
        _splicer.Pause();
        Timing.Pause();
    }

    // Upstreams drop publishers that are silent for a few seconds (SRS 5 s, MediaMTX 10 s). Through the splicer, so in order.
    private async Task KeepAliveAsync()
    {
        try
        {
            await _splicer.WriteAsync(_marker.Repeat(_heldAt), CancellationToken.None);
        }
        catch (ChannelClosedException)
        {
            // The stream ended in the meantime.
        }
    }

    private void Block(string reason) => Close(GateFault.PolicyBlocked, RtmpStatus.PublishDenied, reason);

    private void Count(MediaPacket packet)
    {
        _count.Add(packet);
        _bitrate.Add(packet.Payload.Length);
        Timing.Add(packet);
        Packets++;
        Bytes += packet.Payload.Length;
        Position = packet.Dts;
        if (packet.Kind == MediaKind.Video && !packet.Traits.IsAside)
            VideoCodec = packet.Traits.Codec;
        else if (packet.Kind == MediaKind.Audio)
            AudioCodec = packet.Traits.Codec;
        if (_mailbox.Dropped is var dropped && dropped != _tapDrops)
        {
            GateMetrics.TapDrops.Add(dropped - _tapDrops);
            _tapDrops = dropped;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6010, LogLevel.Information, "Stream {Stream} ended: {Fault} ({Reason}).")]
        public static partial void Ended(ILogger logger, string stream, GateFault fault, string reason);
    }
}
