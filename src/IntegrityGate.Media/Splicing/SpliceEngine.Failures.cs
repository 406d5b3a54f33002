using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;

namespace IntegrityGate.Media.Splicing;

/// <content>
/// What happens when the label cannot be set. The rule is to pass the publisher's bytes: from the next IDR on, or from an IDR that is
/// held already and of whose GOP nothing went out. A GOP that is half out is finished by a second encoder, which decodes it from its
/// start and encodes what is missing; where that fails too, the rest of that GOP is lost, because the publisher's pictures refer to
/// pictures that the receivers never got.
/// </content>
internal sealed partial class SpliceEngine
{
    private int _failures;
    private long _blockedAt;
    private TimeSpan _blockedFor;
    private bool _isCounted;
    private string? _reason;

    private bool IsBlocked => _blockedFor > TimeSpan.Zero && time.GetElapsedTime(_blockedAt) < _blockedFor;

    /// <summary>An encoder has ended.</summary>
    /// <param name="encoder">Which.</param>
    /// <param name="reason">Why; null when it ended by itself after its input was closed.</param>
    public void OnEncoderEnded(LabelEncoder encoder, string? reason)
    {
        var wasPrepared = encoders.Remove(encoder);
        if (encoder.Segment is not { } segment)
        {
            if (wasPrepared && _directive is not null)
                Block(reason ?? "the encoder ended before its first packet");
            CheckDrained();
            return;
        }

        encoder.Segment = null;
        if (segment.IsClosed && reason is null)
        {
            // It ended well and gave fewer pictures than went in: the source's damage, not the encoder's.
            Lose(segment);
            Drain();
            return;
        }

        Fail(segment, reason ?? "the encoder ended by itself", isAlive: false);
    }

    /// <summary>Looks at the deadlines of encoders whose input is closed.</summary>
    public void OnTick()
    {
        foreach (var segment in _closing.Where(one => time.GetElapsedTime(one.ClosedAt) > options.FlushTimeout).ToArray())
            GiveUp(segment, $"the encoder did not finish within {options.FlushTimeout.TotalSeconds} s");
    }

    /// <summary>The publisher's bytes are due again and pile up behind an encoder's last pictures: within the same bounds.</summary>
    private void CheckHold()
    {
        if (IsOverHold && _closing.Count > 0)
            GiveUp(_closing[0], HoldReason);
    }

    private bool IsOverHold => _held.First is { } head && (_now - head.Source.Dts > options.MaxHold || _held.Bytes > options.MaxHeldBytes);

    private string HoldReason => $"{_held.Bytes} bytes and {(_now - _held.First!.Source.Dts).TotalSeconds} s of the stream were held back";

    private void GiveUp(Segment segment, string reason)
    {
        Block(reason);
        Lose(segment);
        Drain();
    }

    private void CheckLag(Segment segment)
    {
        if (!segment.Unfilled.TryPeek(out var first))
            return;
        if (IsOverHold)
            Fail(segment, HoldReason, isAlive: false);
        else if (_now - first.Source.Dts > options.MaxLag && !segment.MustLeave)
            Fail(segment, $"the encoder fell {(_now - first.Source.Dts).TotalSeconds} s behind", isAlive: true);
    }

    private void Fail(Segment segment, string reason, bool isAlive)
    {
        Block(reason);
        segment.MustLeave = true;
        ReturnAtHeldIdr(segment);
        if (segment.Unfilled.Count == 0 && segment.IsClosed)
            Finish(segment);
        else if (!isAlive && !Resume(segment))
            Lose(segment);
        Drain();
    }

    /// <summary>Gives the places from the first waiting IDR on back to the publisher's packets.</summary>
    private void ReturnAtHeldIdr(Segment segment)
    {
        var waiting = segment.Unfilled.ToArray();
        var entry = Array.FindIndex(waiting, slot => slot.IsEntry);
        if (entry < 0)
            return;
        segment.Unfilled.Clear();
        for (var i = 0; i < waiting.Length; i++)
        {
            if (i < entry)
            {
                segment.Unfilled.Enqueue(waiting[i]);
                continue;
            }

            segment.Clock.Forget(waiting[i].Source.Pts.Milliseconds);
            waiting[i].Segment = null;
        }

        if (!ReferenceEquals(_active, segment))
            return;
        segment.Close(time.GetTimestamp());
        _closing.Add(segment);
        _active = null;
    }

    /// <summary>Has a second encoder finish the GOP that is half out.</summary>
    private bool Resume(Segment segment)
    {
        var old = segment.Encoder;
        old.Segment = null;
        old.Kill();
        if (segment.IsRestarted || segment.Kept is not { } kept)
            return false;
        segment.IsRestarted = true;
        SpliceMetrics.Restarts.Add(1);
        var encoder = encoders.Resume(old.Setup with { Resume = null }, kept.First().Packet.Dts.Milliseconds, segment.LastPts + 1);
        encoder.Segment = segment;
        segment.Encoder = encoder;
        var isFirst = true;
        foreach (var (packet, isEntry) in kept)
        {
            // What lies behind the next entry has been given back, or this GOP is the last.
            if ((isEntry && !isFirst) || !encoder.TryFeed(packet))
                break;
            isFirst = false;
        }

        if (segment.IsClosed)
            segment.Close(time.GetTimestamp());
        return true;
    }

    /// <summary>Gives up the pictures that a segment still owes.</summary>
    private void Lose(Segment segment)
    {
        while (segment.Unfilled.TryDequeue(out var slot))
        {
            segment.Clock.Forget(slot.Source.Pts.Milliseconds);
            slot.IsDropped = true;
        }

        if (ReferenceEquals(_active, segment))
        {
            _active = null;
            _isDropping = true;
        }

        Finish(segment);
    }

    private static void Lose(MediaPacket packet)
    {
        SpliceMetrics.Irregular.Add(1, new KeyValuePair<string, object?>("kind", "lost"));
        packet.Release();
    }

    private void Block(string reason)
    {
        SpliceMetrics.Failures.Add(1);
        encoders.Discard();
        var wait = options.RetryAfter * Math.Pow(2, Math.Min(_failures++, 16));
        _blockedAt = time.GetTimestamp();
        _blockedFor = wait > options.MaxRetryAfter ? options.MaxRetryAfter : wait;
        SetState(SpliceState.CannotStamp, GateFault.EncoderFailed, reason);
    }

    private void TellSilence(MediaPacket packet)
    {
        if (_isSilenceTold || packet.Dts - _wantedSince <= options.NoIdrAfter)
            return;
        if (_directive is not null && !IsBlocked && State == SpliceState.Forwarding)
        {
            _isSilenceTold = true;
            SetState(SpliceState.CannotStamp, reason: _unreadableHeader ?? $"no IDR within {options.NoIdrAfter.TotalSeconds} s");
        }
        else if (_directive is null && _active is not null)
        {
            _isSilenceTold = true;
            SetState(SpliceState.Stamping, reason: $"no IDR within {options.NoIdrAfter.TotalSeconds} s to return at");
        }
    }

    private void SetState(SpliceState state, GateFault fault = GateFault.None, string? reason = null)
    {
        if (state == State && (reason is null || reason == _reason))
            return;
        _reason = reason;
        if (_isCounted)
            SpliceMetrics.States.Add(-1, StateTag(State));
        _isCounted = true;
        SpliceMetrics.States.Add(1, StateTag(state));
        State = state;
        report(new SpliceStateChange(stream, state, _now, fault, reason));
    }

    private static KeyValuePair<string, object?> StateTag(SpliceState state) => new("state", state.ToString());
}
