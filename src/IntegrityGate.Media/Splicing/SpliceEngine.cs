using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;
using IntegrityGate.Media.H264;

namespace IntegrityGate.Media.Splicing;

/// <summary>
/// Decides, packet by packet, whether the publisher's bytes or an encoder's pictures go out. Driven by the splicer's loop alone;
/// never waits. Failures are in <c>SpliceEngine.Failures.cs</c>.
/// </summary>
internal sealed partial class SpliceEngine(StreamId stream, SpliceOptions options, TimeProvider time, EncoderFactory encoders, SpliceOutput output, Action<SpliceStateChange> report)
{
    private readonly VideoMeter _meter = new();
    private readonly HeldQueue _held = new(output, time);
    private readonly List<Segment> _closing = [];
    private SourceConfiguration? _configuration;
    private StampDirective? _directive;
    private Segment? _active;
    private MediaTime _latestShown = new(long.MinValue);
    private MediaTime _now;
    private MediaTime _wantedSince;
    private bool _isDropping;
    private bool _isSilenceTold;
    private bool _isPaused;
    private string? _unreadableHeader;
    private TaskCompletionSource? _completion;

    /// <summary>What is done at present.</summary>
    public SpliceState State { get; private set; } = SpliceState.Forwarding;

    /// <summary>True while a packet goes straight through: no label is wanted and nothing is held. Others than the loop read it as a hint only.</summary>
    public bool IsQuiet => State == SpliceState.Forwarding && _directive is null && _active is null && !_isDropping && _held.Count == 0 && _completion is null;

    /// <summary>True while deadlines run.</summary>
    public bool NeedsTicks => _closing.Count > 0;

    /// <summary>A packet from the publisher; taken over.</summary>
    public void OnPacket(MediaPacket packet)
    {
        if (packet.Kind != MediaKind.Video)
            Pass(packet);
        else if (packet.IsSequenceHeader)
            OnHeader(packet);
        else
            OnVideo(packet);
    }

    /// <summary>Another label is wanted, or none.</summary>
    public void OnDirective(StampDirective? directive)
    {
        if (directive == _directive)
            return;
        _directive = directive;
        _wantedSince = _now;
        _isSilenceTold = false;
        if (directive is null)
        {
            encoders.Discard();
            if (State == SpliceState.CannotStamp)
                SetState(_held.Count > 0 ? SpliceState.Returning : SpliceState.Forwarding);
            return;
        }

        Prepare();
    }

    /// <summary>Nothing comes for a while: the encoder gives its last pictures, and the state stays what it is until the next picture.</summary>
    public void OnPause()
    {
        _isPaused = true;
        if (_active is { } segment)
            Close(segment);
    }

    /// <summary>No more packets come: the last pictures are awaited, within the deadline.</summary>
    public void OnComplete(TaskCompletionSource completion)
    {
        _completion = completion;
        _directive = null;
        encoders.Discard();
        if (_active is { } segment)
            Close(segment);
        CheckDrained();
    }

    /// <summary>Gives everything up.</summary>
    public void Clear()
    {
        _held.Clear();
        foreach (var segment in _closing)
            segment.Forget();
        _active?.Forget();
        _completion?.TrySetResult();
        SpliceMetrics.States.Add(_isCounted ? -1 : 0, StateTag(State));
    }

    private void Pass(MediaPacket packet)
    {
        if (_held.Count == 0)
        {
            output.Write(packet);
            return;
        }

        _held.Add(new Slot { Source = packet, ArrivedAt = time.GetTimestamp() });
        if (_active is null)
            CheckHold();
    }

    private void OnHeader(MediaPacket packet)
    {
        if (_configuration is null || !packet.Payload.Span.SequenceEqual(_configuration.Payload))
        {
            _unreadableHeader = null;
            _configuration = null;
            _meter.Reset();
            if (packet.Traits.Codec != MediaCodec.H264)
                _unreadableHeader = $"{packet.Traits.Codec} cannot be stamped yet";
            else if (AvcDecoderConfigurationRecord.TryParse(packet.Payload.Span[packet.Traits.HeaderLength..], out _unreadableHeader) is { } record)
                _configuration = new SourceConfiguration(packet.Payload.ToArray(), packet.Traits, record);
            Prepare();
        }

        // While pictures are stamped, or a broken GOP is skipped, the publisher's header is not in force outside; it goes out with the IDR that returns.
        if (_active is null && !_isDropping)
            Pass(packet);
        else
            packet.Release();
    }

    private void OnVideo(MediaPacket packet)
    {
        if (_now.Milliseconds - packet.Dts.Milliseconds > SwitchRule.ClockRestart.TotalMilliseconds)
            OnClockRestart(packet.Dts);
        _meter.Add(packet);
        _now = packet.Dts;
        _isPaused = false;
        var isQuiet = _directive is null && _active is null && !_isDropping;
        if (isQuiet)
        {
            Show(packet);
            Pass(packet);
            return;
        }

        var unit = packet.Traits.Codec == MediaCodec.H264 && _configuration is { } known
            ? AccessUnit.Read(packet.Payload.Span[packet.Traits.HeaderLength..], known.Record.LengthSize)
            : new AccessUnit(HasPicture: true, packet.IsKeyFrame, false, false, false, false);
        ActiveParameterSets? sets = null;
        string? why = null;
        if (unit.IsIdr && _configuration is { } configuration && packet.Traits.Codec == MediaCodec.H264)
            sets = ActiveParameterSets.Find(configuration.Record, packet.Payload.Span[packet.Traits.HeaderLength..], out why);

        if (_active is { } segment)
        {
            if (!unit.IsIdr || Continues(segment, sets))
            {
                Feed(segment, packet, unit, sets);
                return;
            }

            Close(segment);
        }

        if (_isDropping)
        {
            if (!unit.IsIdr)
            {
                Lose(packet);
                return;
            }

            _isDropping = false;
        }

        if (unit.IsIdr && TryBegin(packet, sets, why))
        {
            Feed(_active!, packet, unit, sets);
            return;
        }

        TellSilence(packet);
        Show(packet);
        if (unit.IsIdr && _configuration is not null)
            _held.Add(new Slot { Source = packet, ArrivedAt = time.GetTimestamp(), IsIdr = true, Configuration = _configuration, Sets = sets });
        else
            Pass(packet);
        Drain();
    }

    private void OnClockRestart(MediaTime at)
    {
        _meter.Reset();
        _latestShown = new MediaTime(long.MinValue);
        _wantedSince = at;
        if (_active is { } segment)
            segment.MustLeave = true; // an encoder's clock cannot go back; the next IDR has one of its own
    }

    private bool Continues(Segment segment, ActiveParameterSets? sets) =>
        !segment.MustLeave
        && sets is not null
        && _directive is { } directive
        && segment.Encoder.Setup.Directive == directive
        && segment.Encoder.Setup.Sets.Matches(sets)
        && !segment.Encoder.IsNoisy
        && time.GetElapsedTime(segment.StartedAt) < options.MaxSegment;

    private bool TryBegin(MediaPacket idr, ActiveParameterSets? sets, string? why)
    {
        if (_directive is not { } directive || IsBlocked)
            return false;
        var refusal = idr.Traits.Codec != MediaCodec.H264 ? $"{idr.Traits.Codec} cannot be stamped yet"
            : sets is null ? _unreadableHeader ?? why ?? "no sequence header came"
            : EncoderArguments.Refusal(sets.Sequence);
        if (refusal is null && !SwitchRule.MayStart(_latestShown, idr.Pts))
            refusal = "the IDR's presentation time is not past the pictures before it";
        if (refusal is not null)
        {
            SetState(SpliceState.CannotStamp, reason: refusal);
            return false;
        }

        var encoder = encoders.Take(sets!, _configuration!.Record.LengthSize, directive, _meter);
        _active = new Segment(encoder, time.GetTimestamp());
        encoder.Segment = _active;
        SpliceMetrics.Segments.Add(1);
        if (State != SpliceState.Stamping)
            SetState(SpliceState.Starting);
        return true;
    }

    private void Feed(Segment segment, MediaPacket packet, AccessUnit unit, ActiveParameterSets? sets)
    {
        if (!unit.HasPicture)
        {
            packet.Release(); // parameter sets or SEI by themselves, or the end of a sequence: nothing of it is in force outside
            return;
        }

        Show(packet);
        var slot = new Slot
        {
            Source = packet,
            ArrivedAt = time.GetTimestamp(),
            Segment = segment,
            IsIdr = unit.IsIdr,
            Configuration = unit.IsIdr ? _configuration : null,
            Sets = sets,
        };
        _held.Add(slot);
        segment.Unfilled.Enqueue(slot);
        segment.Clock.Expect(packet.Pts.Milliseconds);
        segment.Keep(packet, unit.IsIdr, options.MaxHeldBytes);
        if (unit.IsIdr && _directive is not null)
            _wantedSince = _now;
        if (_directive is null)
            TellSilence(packet);
        if (!segment.Encoder.TryFeed(packet))
            Fail(segment, "the encoder takes no more packets", isAlive: false);
        else
            CheckLag(segment);
    }

    private void Close(Segment segment)
    {
        segment.Close(time.GetTimestamp());
        _closing.Add(segment);
        _active = null;
        if (segment.Unfilled.Count == 0)
            Finish(segment);
        if (_directive is null && State is SpliceState.Starting or SpliceState.Stamping)
            SetState(SpliceState.Returning);
    }

    /// <summary>An encoder's sequence header; taken over.</summary>
    public static void OnEncoderHeader(LabelEncoder encoder, MediaPacket packet)
    {
        var body = packet.Payload.Span[packet.Traits.HeaderLength..];
        if (encoder.Segment is { } segment && AvcDecoderConfigurationRecord.TryParse(body, out _) is { PictureParameterSets.Count: > 0 } record)
            segment.Encoding = new EncodedConfiguration(body.ToArray(), record);
        packet.Release();
    }

    /// <summary>An encoder's picture; taken over.</summary>
    public void OnEncoderFrame(LabelEncoder encoder, MediaPacket picture, long pts)
    {
        if (encoder.Segment is not { Encoding: { } encoding } segment || !segment.Clock.TryTake(pts, out var missing))
        {
            if (encoder.Segment is not null)
                SpliceMetrics.Irregular.Add(1, new KeyValuePair<string, object?>("kind", "extra"));
            picture.Release();
            return;
        }

        for (; missing > 0; missing--)
            segment.Unfilled.Dequeue().IsDropped = true;
        var slot = segment.Unfilled.Dequeue();
        slot.Stamped = picture;
        slot.StampedPts = pts;
        slot.Encoding = encoding;
        segment.LastPts = pts;
        segment.Filled++;
        if (slot.IsIdr)
            segment.PassIdr(slot.Source);
        if (segment.IsClosed && segment.Unfilled.Count == 0)
            Finish(segment);
        Drain();
    }

    private void Finish(Segment segment)
    {
        _closing.Remove(segment);
        segment.Forget();
        if (!segment.MustLeave && segment.Filled > 0)
            _failures = 0;
        segment.Encoder.Segment = null;
        segment.Encoder.Kill(); // it has given all that is wanted
    }

    private void Drain()
    {
        var stamped = _held.Stamped;
        _held.Drain();
        if (_held.Stamped > stamped && State == SpliceState.Starting)
            SetState(SpliceState.Stamping);
        CheckDrained();
    }

    private void CheckDrained()
    {
        if (_held.Count > 0 || _active is not null)
            return;
        if (!_isPaused && (State is SpliceState.Returning or SpliceState.Stamping or SpliceState.Starting || (State == SpliceState.CannotStamp && _directive is null)))
            SetState(SpliceState.Forwarding);
        if (_closing.Count == 0)
            _completion?.TrySetResult();
    }

    private void Show(MediaPacket packet)
    {
        if (packet.Pts > _latestShown)
            _latestShown = packet.Pts;
    }

    private void Prepare()
    {
        if (_directive is not { } directive || _configuration is not { } configuration || IsBlocked)
            return;
        if (ActiveParameterSets.OfHeader(configuration.Record, out _) is { } sets && EncoderArguments.Refusal(sets.Sequence) is null)
            encoders.Prepare(sets, configuration.Record.LengthSize, directive, _meter);
    }
}
