using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;
using IntegrityGate.Egress;
using IntegrityGate.Enforcement.Judging;
using IntegrityGate.Enforcement.Judging.Inputs;
using IntegrityGate.Looking.Listening;
using IntegrityGate.Looking.Scheduling;
using IntegrityGate.Media.Amf;
using IntegrityGate.Media.Decoding;
using IntegrityGate.Media.Splicing;
using IntegrityGate.Reporting.Streams;
using IntegrityGate.Streams;
using SpliceState = IntegrityGate.Media.Splicing.SpliceState;

namespace IntegrityGate.Looking;

/// <summary>
/// The looking side of one stream: its claims, its inspector, its judge, and what a judgement sets in motion (the splice,
/// the metadata mark, the pace of looking). The packet loop only ever calls the two <c>See</c> methods, and they never wait.
/// </summary>
internal sealed class StreamWatch : IAsyncDisposable
{
    private const string MetadataClaimId = "metadata";

    private readonly SessionParts _parts;
    private readonly Splicer _splicer;
    private readonly MetadataMarker _marker;
    private readonly Action<string> _block;
    private readonly Looker _looker;
    private readonly JudgeLoop _judge;
    private readonly Inspector _inspector;
    private readonly Ear? _ear;
    private readonly LookTurns _turns;
    private readonly CancellationTokenSource _stop = new();
    private readonly PropagatorMark _propagator;
    private Task _looking = Task.CompletedTask;
    private TextDemand _wantedText = TextDemand.Whole;
    private AigcLabel? _inbound;
    private (Tier Tier, AigcLabel? Inbound, string? Json)? _marked;
    private string _metadataClaim = "";
    private MediaTime _position;
    private MediaTime? _begun;
    private MediaTime _gapReported;
    private string _gapReason = "";
    private MediaTime? _tracksReported;

    public StreamWatch(
        StreamId stream, string sessionId, SessionParts parts, SampleMailbox mailbox, Splicer splicer, MetadataMarker marker, Action<string> block)
    {
        _propagator = new PropagatorMark(parts.Propagator, () => sessionId);
        _parts = parts;
        _splicer = splicer;
        _marker = marker;
        _block = block;
        var inspection = parts.Options.Inspection;
        _turns = parts.Scheduler.Join(inspection.UndecidedInterval);
        Pace = new SamplePace(
            inspection.UndecidedInterval,
            inspection.Timing,
            inspection.Seed is { } seed ? Chance.Seeded(seed, stream) : Chance.Unpredictable(),
            parts.Scheduler.Planned);
        Thumbnail = new Thumbnail(parts.Time);
        _looker = new Looker(
            parts.Detectors?.OpenSynthetic(),
            parts.Detectors?.OpenText(() => Volatile.Read(ref _wantedText)),
            () => Guid.CreateVersion7(parts.Time.GetUtcNow()).ToString("N"),
            parts.Time,
            inspection.Replays.Enabled ? parts.Detectors?.Printer : null)
        {
            Logos = parts.Detectors?.Logos,
        };
        _judge = new JudgeLoop(parts.CreateJudge(stream, sessionId), parts.Incidents, Apply, parts.Loggers.CreateLogger<JudgeLoop>());
        _inspector = new Inspector(stream, mailbox, _turns, parts.Decoder, _looker, _judge, Thumbnail, parts.Time, parts.Loggers.CreateLogger<Inspector>());
        _ear = Ear.Open(stream, parts, _judge, () => Pace.Paused, _stop.Token);
        splicer.StateChanged += OnSpliceChanged;
        if (parts.Options.Inspection.Enabled)
            _looking = Task.Run(() => _inspector.RunAsync(_stop.Token));
        else
            Pace.Paused = true;
    }

    /// <summary>How soon the next look is wanted.</summary>
    public SamplePace Pace { get; }

    /// <summary>The newest inspected frame.</summary>
    public Thumbnail Thumbnail { get; }

    /// <summary>The verdict in force.</summary>
    public Verdict Verdict { get; private set; } = Verdict.Unremarkable;

    /// <summary>Media time of the last look.</summary>
    public MediaTime? LastLooked => _inspector.LastLooked;

    /// <summary>Frame size, once a frame was looked at.</summary>
    public (int Width, int Height)? FrameSize => _inspector.FrameSize;

    /// <summary>False when the video codec is passed through uninspected.</summary>
    public bool Inspectable { get; private set; } = true;

    /// <summary>Inputs that wait for the judge.</summary>
    public int Waiting => _judge.Waiting;

    /// <summary>Frames looked at.</summary>
    public long Looks => _inspector.Looks;

    /// <summary>Where the splice stands, as the feed says it.</summary>
    public Reporting.Streams.SpliceState Splice { get; private set; }

    /// <summary>An operator's hand on the stamp.</summary>
    public StampOverride Override { get; private set; }

    /// <summary>Applies claims that come with a publisher, before its first packet.</summary>
    public void Begin(IEnumerable<Claim> claims)
    {
        foreach (var claim in claims)
            _judge.TryPost(new ClaimMade(_position, _parts.Time.GetUtcNow(), claim));
    }

    /// <summary>Tells the judge how often a reviewer dismissed what the detector alone had found on this stream.</summary>
    public void Know(int dismissals)
    {
        if (dismissals > 0)
            _judge.TryPost(new HistoryKnown(_position, _parts.Time.GetUtcNow(), dismissals));
    }

    /// <summary>Reads the claim in the publisher's metadata, when the packet is one; borrows it.</summary>
    public void SeeScript(MediaPacket packet)
    {
        var payload = packet.Payload.Span;
        if (!OnMetaData.TryParse(payload, out var metadata))
            return;
        var text = metadata.TryFind(AigcJson.PropertyName, out var value) ? value : "";
        if (text == _metadataClaim)
            return;
        var now = _parts.Time.GetUtcNow();
        var held = _metadataClaim.Length > 0;
        _metadataClaim = text;
        var reading = text.Length == 0 ? null : AigcJson.Read(text);
        _inbound = reading is { Labels: [var label, ..] } ? label : null;
        // A label in the place of another replaces its claim; only one that goes away is withdrawn.
        if (reading?.ToClaim(MetadataClaimId, packet.Dts) is { } claim)
            _judge.TryPost(new ClaimMade(packet.Dts, now, claim));
        else if (held)
            _judge.TryPost(new ClaimWithdrawn(packet.Dts, now, MetadataClaimId));
    }

    /// <summary>Notices what cannot be inspected; borrows the packet.</summary>
    public void SeePacket(MediaPacket packet)
    {
        _position = packet.Dts;
        _begun ??= packet.Dts;
        _ear?.See(packet);
        if (packet.Kind == MediaKind.Video && packet.Traits.Track != 0)
            SeeFurtherTrack(packet);
        if (packet.Kind != MediaKind.Video || !packet.Traits.IsKeyFrame)
            return;
        Inspectable = DecodePool.Takes(packet.Traits.Codec);
        var reason = !Inspectable ? $"video codec {packet.Traits.Codec} is passed through uninspected"
            : Pace.Paused ? (_parts.Options.Inspection.Enabled ? "looking is bypassed by an operator" : "looking is turned off in the configuration")
            : packet.Dts - Unseen > _parts.Options.Inspection.MaxUnseen ? (_turns.IsOverloaded ? _parts.Scheduler.OverloadReason : "no frame could be looked at")
            : "";
        if (reason.Length == 0 || (reason == _gapReason && packet.Dts - _gapReported < _parts.Options.Inspection.MaxUnseen && packet.Dts > _gapReported))
            return;
        _gapReason = reason;
        _gapReported = packet.Dts;
        var fault = Pace.Paused ? GateFault.None : GateFault.DecoderFailed;
        if (_judge.TryPost(new GapSeen(packet.Dts, _parts.Time.GetUtcNow(), new InspectionGap(Unseen, packet.Dts, fault, reason))))
            _inspector.NoteGap();
    }

    // E-RTMP v2, multitrack: track 0 by itself is the stream's video; what else there is passes, and that is said.
    private void SeeFurtherTrack(MediaPacket packet)
    {
        if (_tracksReported is { } last && packet.Dts >= last && packet.Dts - last < _parts.Options.Inspection.MaxUnseen)
            return;
        var gap = new InspectionGap(
            _tracksReported ?? MediaTime.Zero,
            packet.Dts,
            GateFault.None,
            packet.Traits.Track == PacketTraits.SeveralTracks ? "messages with several video tracks are passed through uninspected and unstamped"
                : "further video tracks are passed through uninspected and unstamped");
        _tracksReported = packet.Dts;
        _judge.TryPost(new GapSeen(packet.Dts, _parts.Time.GetUtcNow(), gap));
    }

    // From when on nothing was seen: the last look, or the beginning, which need not be the clock's zero.
    private MediaTime Unseen => LastLooked ?? _begun ?? MediaTime.Zero;

    /// <summary>Gives the judge a command and waits for its judgement.</summary>
    /// <exception cref="InvalidOperationException">The stream ended.</exception>
    public async Task AskAsync(Func<MediaTime, DateTimeOffset, JudgeInput> compose, CancellationToken cancellationToken)
    {
        var input = compose(_position, _parts.Time.GetUtcNow());
        await _judge.AskAsync(input, null, cancellationToken);
        if (input is OperatorForced { Force: var force })
            Override = force switch { ForcedStamp.On => StampOverride.Forced, ForcedStamp.Off => StampOverride.Lifted, _ => StampOverride.None };
    }

    /// <summary>Turns looking off and on; what is not looked at meanwhile is reported as a gap.</summary>
    public void SetBypass(bool bypass) => Pace.Paused = bypass || !_parts.Options.Inspection.Enabled;

    /// <summary>Lets the judge close what is open, then stops.</summary>
    public async ValueTask EndAsync(GateFault fault, string reason)
    {
        await _stop.CancelAsync();
        await _looking;
        if (_ear is not null)
            await _ear.DisposeAsync();
        await _judge.PostAsync(new StreamEnded(_position, _parts.Time.GetUtcNow(), fault == GateFault.PublisherEnded ? "the stream ended" : $"the stream ended: {reason}"));
        await DisposeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _judge.DisposeAsync();
        _turns.Dispose();
        _stop.Dispose();
    }

    // A detector's suspicion that only asks for a review is not written into anybody's metadata.
    private string? MarkFor(Judgement judgement)
    {
        var verdict = judgement.Verdict;
        if (verdict.Tier == Tier.None || (verdict.Basis == VerdictBasis.DetectorReview && judgement.Stamp is null))
            return null;
        if (_marked is not { } marked || marked.Tier != verdict.Tier || marked.Inbound != _inbound)
            _marked = (verdict.Tier, _inbound, AigcJson.TryWrite(_propagator.Compose(_inbound, verdict.Tier), out var json, out _) ? json : null);
        return _marked.Value.Json;
    }

    private void Apply(Judgement judgement)
    {
        Verdict = judgement.Verdict;
        Volatile.Write(ref _wantedText, judgement.Look.Text);
        _looker.ReadText = judgement.Look.ReadText;
        _looker.Standing = judgement.Look.Standing;
        Pace.Interval = judgement.Look.Next;
        _turns.Want(judgement.Look.Next);
        _splicer.Direct(judgement.Stamp);
        _marker.Mark(MarkFor(judgement));
        if (judgement.Block)
            _block(judgement.Verdict.Summary);
    }

    private void OnSpliceChanged(SpliceStateChange report)
    {
        Splice = report.State switch
        {
            SpliceState.Starting => Reporting.Streams.SpliceState.Entering,
            SpliceState.Stamping => Reporting.Streams.SpliceState.Stamping,
            SpliceState.Returning => Reporting.Streams.SpliceState.Leaving,
            SpliceState.CannotStamp => Reporting.Streams.SpliceState.Impossible,
            _ => Reporting.Streams.SpliceState.Passing,
        };
        var told = report.State switch
        {
            SpliceState.Stamping => Enforcement.Judging.Inputs.SpliceState.Stamping,
            SpliceState.CannotStamp => Enforcement.Judging.Inputs.SpliceState.Cannot,
            SpliceState.Forwarding => Enforcement.Judging.Inputs.SpliceState.Forwarding,
            _ => (Enforcement.Judging.Inputs.SpliceState?)null, // on the way between two states
        };
        if (told is { } state)
            _judge.TryPost(new SpliceReported(report.At, _parts.Time.GetUtcNow(), state, report.Reason ?? ""));
    }
}
