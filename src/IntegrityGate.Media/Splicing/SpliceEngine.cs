using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;
using IntegrityGate.Media.Codecs;

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
        else if (packet.Traits.IsAside)
            OnAside(packet);
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

    // Colour metadata and further tracks have no place among the pictures of the main track.
    private void OnAside(MediaPacket packet)
    {
        if (packet.Traits.Track == PacketTraits.SeveralTracks)
        {
            _unreadableHeader ??= "messages with several video tracks cannot be stamped";
            _now = packet.Dts;
            TellSilence(packet);
        }

        Pass(packet);
    }

    private void OnHeader(MediaPacket packet)
    {
        if (_configuration is null || !packet.Payload.Span.SequenceEqual(_configuration.Payload))
        {
            _unreadableHeader = null;
            _configuration = null;
            _meter.Reset();
            if (VideoCodec.For(packet.Traits.Codec) is not { } codec)
                _unreadableHeader = $"{packet.Traits.Codec} cannot be stamped yet";
            else if (codec.ReadConfiguration(packet.Payload.Span[packet.Traits.HeaderLength..], out _unreadableHeader) is { } decoder)
                _configuration = new SourceConfiguration(packet.Payload.ToArray(), packet.Traits, decoder);
            Prepare();
        }

        // While pictures are stamped, or a broken GOP is skipped, the publisher's header is not in force outside; it goes out with the entry that returns.
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
        var isQuiet = _directive is null && _active is null && !_isDropping && !_held.IsBroken;
        if (isQuiet)
        {
            Show(packet);
            Pass(packet);
            return;
        }

        var body = packet.Payload.Span[packet.Traits.HeaderLength..];
        var decoder = _configuration?.Decoder is { } known && known.Codec == packet.Traits.Codec ? known : null;
        var picture = decoder?.Look(body) ?? new CodedPicture(HasPicture: true, packet.IsKeyFrame);
        string? why = null;
        var video = picture.IsEntry ? decoder?.Find(body, out why) : null;

        if (_active is { } segment)
        {
            if (!picture.IsEntry || Continues(segment, video))
            {
                Feed(segment, packet, picture, video);
                return;
            }

            Close(segment);
        }

        if (_isDropping)
        {
            if (!picture.IsEntry)
            {
                Lose(packet);
                return;
            }

            _isDropping = false;
        }

        if (picture.IsEntry && TryBegin(packet, picture, video, why))
        {
            Feed(_active!, packet, picture, video);
            return;
        }

        TellSilence(packet);
        Show(packet);
        if (picture.IsEntry && decoder is not null)
            _held.Add(new Slot { Source = packet, ArrivedAt = time.GetTimestamp(), IsEntry = true, Configuration = _configuration, Video = video });
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
            segment.MustLeave = true; // an encoder's clock cannot go back; the next entry has one of its own
    }

    private bool Continues(Segment segment, ActiveVideo? video) =>
        !segment.MustLeave
        && segment.Encoder.Setup.Codec.CanForceKeyFrames
        && video is not null
        && _directive is { } directive
        && segment.Encoder.Setup.Directive == directive
        && segment.Encoder.Setup.Video.Matches(video)
        && !segment.Encoder.IsNoisy
        && time.GetElapsedTime(segment.StartedAt) < options.MaxSegment;

    private bool TryBegin(MediaPacket entry, CodedPicture picture, ActiveVideo? video, string? why)
    {
        if (_directive is not { } directive || IsBlocked)
            return false;
        var refusal = VideoCodec.For(entry.Traits.Codec) is null ? $"{entry.Traits.Codec} cannot be stamped yet"
            : video is null ? _unreadableHeader ?? why ?? "no sequence header came"
            : video.Refusal;
        if (refusal is null && !SwitchRule.MayStart(_latestShown, entry.Pts))
            refusal = "the key frame's presentation time is not past the pictures before it";
        if (refusal is not null)
        {
            SetState(SpliceState.CannotStamp, reason: refusal);
            return false;
        }

        var encoder = encoders.Take(video!, directive, _meter);
        _active = new Segment(encoder, time.GetTimestamp()) { IsOpen = picture.IsOpen };
        encoder.Segment = _active;
        if (!encoder.Setup.Codec.CanForceKeyFrames)
            encoders.Prepare(video!, directive, _meter); // for the next GOP
        SpliceMetrics.Segments.Add(1);
        if (State != SpliceState.Stamping)
            SetState(SpliceState.Starting);
        return true;
    }

    private void Feed(Segment segment, MediaPacket packet, CodedPicture picture, ActiveVideo? video)
    {
        if (!picture.HasPicture)
        {
            packet.Release(); // parameter sets or SEI by themselves, or the end of a sequence: nothing of it is in force outside
            return;
        }

        segment.IsOpen &= picture.IsEntry || picture.IsLeading;
        if (segment.IsOpen && picture.NeedsPast)
        {
            Lose(packet); // it refers to pictures that the encoder has not seen
            return;
        }

        Show(packet);
        var slot = new Slot
        {
            Source = packet,
            ArrivedAt = time.GetTimestamp(),
            Segment = segment,
            IsEntry = picture.IsEntry,
            Configuration = picture.IsEntry ? _configuration : null,
            Video = video,
        };
        _held.Add(slot);
        segment.Unfilled.Enqueue(slot);
        segment.Clock.Expect(packet.Pts.Milliseconds);
        segment.Keep(packet, picture.IsEntry, options.MaxHeldBytes);
        if (picture.IsEntry && _directive is not null)
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
        if (encoder.Segment is { } segment && encoder.Setup.Codec.ReadConfiguration(body, out _)?.OfHeader(out _) is { } video)
            segment.Encoding = new EncodedConfiguration(body.ToArray(), video);
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
        if (slot.IsEntry)
            segment.PassEntry(slot.Source);
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
        if (configuration.Decoder.OfHeader(out _) is { Refusal: null } video)
            encoders.Prepare(video, directive, _meter);
    }
}
