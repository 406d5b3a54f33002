using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Rules;
using IntegrityGate.Core.Time;
using IntegrityGate.Enforcement.Judging.Inputs;
using IntegrityGate.Enforcement.Judging.Replays;
using IntegrityGate.Enforcement.Labels;
using IntegrityGate.Enforcement.Marks;

namespace IntegrityGate.Enforcement.Judging;

/// <summary>
/// Judges one stream session: gathers claims and evidence, holds the label against the rules, opens and closes incidents, and
/// says what to stamp and when to look again. A pure state machine: it reads no clock and does no I/O, so the same inputs give
/// the same judgements. Not safe for several threads: one loop owns it.
/// </summary>
public sealed partial class Judge
{
    /// <summary>10 s: a sample so far behind the newest time means that the publisher's clock began anew, not that samples came out of order.</summary>
    public static readonly TimeSpan ClockRestart = TimeSpan.FromSeconds(10);

    private readonly IReadOnlyList<RulePack> _packs;
    private readonly ClaimBook _claims = new();
    private readonly SequentialEvidence _detector;
    private readonly LabelWatch _watch;
    private readonly MarkWatch _marks;
    private readonly LookAdvisor _advisor = new();
    private readonly IncidentSlot _labelSlot;
    private readonly IncidentSlot _gapSlot;
    private readonly IncidentSlot _stampSlot;
    private readonly IncidentSlot _loopSlot;
    private readonly MarkMatcher _matcher;
    private DateOnly _day;
    private Obligations _obligations;
    private JudgePolicy _policy;
    private LabelReader _reader;
    private MarkReader _markReader;
    private MediaTime? _start;
    private MediaTime _now;
    private MediaTime? _lawSince;
    private Verdict _verdict = Verdict.Unremarkable;
    private Ground? _ground;
    private Stretch? _stretch;
    private InspectionGap? _gap;
    private OperatorForced? _order;
    private string? _spliceFault;
    private MediaTime? _stampedSince;
    private bool _isUnconfirmed;
    private bool _wasDeclared;
    private int _dismissals;
    private bool _ended;

    /// <summary>Makes the judge of a session.</summary>
    /// <param name="context">The session, its packs and its policy.</param>
    /// <param name="newIncidentId">Gives incident ids (UUID version 7, lower case).</param>
    /// <exception cref="ArgumentException">A pack asks for labels and none says what they read.</exception>
    public Judge(JudgeContext context, Func<string> newIncidentId)
    {
        _packs = context.Packs;
        _day = DateOnly.FromDateTime(context.StartedAt.UtcDateTime);
        _obligations = Obligations.From(_packs, _day);
        if (_obligations is { Presence: not null, TierWording: null })
            throw new ArgumentException("A pack asks for labels, and no pack has their wording.", nameof(context));
        _policy = context.Policy;
        _detector = new SequentialEvidence(_policy.Detector);
        _reader = new LabelReader(_obligations, _policy.Label);
        _watch = new LabelWatch(_obligations, _policy.Label);
        _matcher = new MarkMatcher(context.Marks);
        _markReader = new MarkReader(_obligations, _matcher, _policy.Marks);
        _marks = new MarkWatch(_policy.Marks);
        _labelSlot = new IncidentSlot(context.Stream, context.SessionId, newIncidentId);
        _gapSlot = new IncidentSlot(context.Stream, context.SessionId, newIncidentId);
        _stampSlot = new IncidentSlot(context.Stream, context.SessionId, newIncidentId);
        _loopSlot = new IncidentSlot(context.Stream, context.SessionId, newIncidentId);
        _contradictionSlot = new IncidentSlot(context.Stream, context.SessionId, newIncidentId);
        _removedSlot = new IncidentSlot(context.Stream, context.SessionId, newIncidentId);
        _forgedSlot = new IncidentSlot(context.Stream, context.SessionId, newIncidentId);
        _loops = new LoopWatch(_policy.Replays);
        _stills = new StillWatch(_policy.Replays);
        _audible = new AudibleWatch(_policy.Audible);
        _voice = new SequentialEvidence(_policy.Audible.Voice);
    }

    /// <summary>Takes an input.</summary>
    /// <param name="input">What happened.</param>
    /// <returns>What follows. After the end of the stream nothing follows any more.</returns>
    public Judgement Apply(JudgeInput input)
    {
        if (_ended)
            return new Judgement(_verdict, [], null, false, new LookAdvice(_policy.Looks.Interval, ReadText: false, KeepEvidence: false));
        MoveClock(input);
        TurnDay(input.Wall);
        var changes = new List<IncidentChange>();
        var moment = (_now, input.Wall);
        Take(input, moment, changes);
        Conclude();
        var evidenceId = (input as SampleLooked)?.EvidenceId;
        var closing = input is StreamEnded end ? end.Reason : null;
        _ended = closing is not null;
        var stamp = Stamp();
        if (stamp is null)
            _spliceFault = null;
        var keep = _labelSlot.Reconcile(_ended ? null : LabelBreach(stamp), moment, evidenceId, closing ?? WhyLabelClosed(input), changes);
        _gapSlot.Reconcile(_ended ? null : GapBreach(), moment, null, closing ?? "looking has begun again", changes);
        _stampSlot.Reconcile(_ended ? null : StampBreach(stamp), moment, null, closing ?? (stamp is null ? "no stamp is due any more" : "the stamp is in the picture"), changes);
        keep |= _loopSlot.Reconcile(_ended ? null : LoopBreach(), moment, evidenceId, closing ?? "the picture moves on", changes);
        ReconcileClaims(moment, closing, changes);
        Remember(changes);
        return new Judgement(_verdict, changes, _ended ? null : stamp, !_ended && MustBlock(stamp), Advise(keep));
    }

    private void MoveClock(JudgeInput input)
    {
        if (_start is null)
            _start = _now = input.At;
        if (input is SampleLooked && _now - input.At > ClockRestart)
        {
            _watch.Clear();
            _marks.Clear();
            _detector.Restart();
            _loops.Clear();
            _stills.Clear();
            _audible.Clear();
            _voice.Restart();
            _stretch?.Restart(input.At);
            _start = input.At;
            _now = input.At;
            _lawSince = null;
            _stampedSince = _stampedSince is null ? null : input.At;
        }
        else if (input.At > _now)
        {
            _now = input.At;
        }
    }

    // The law of a day is that day's: a stream that lasts is under the new rules from the first input of the day on (UTC).
    private void TurnDay(DateTimeOffset wall)
    {
        var day = DateOnly.FromDateTime(wall.UtcDateTime);
        if (day <= _day)
            return;
        _day = day;
        var obligations = Obligations.From(_packs, day);
        if (obligations == _obligations || obligations is { Presence: not null, TierWording: null })
            return;
        _obligations = obligations;
        _reader = new LabelReader(obligations, _policy.Label);
        _markReader = new MarkReader(obligations, _matcher, _policy.Marks);
        _watch.Use(obligations);
        // What was met or waived under the old law says nothing of the new one, and what was missed before was no duty.
        _stretch = null;
        _lawSince = _now;
    }

    private void Take(JudgeInput input, (MediaTime Media, DateTimeOffset Wall) moment, List<IncidentChange> changes)
    {
        switch (input)
        {
            case ClaimMade made:
                _claims.Add(made.Claim, _now);
                _wasDeclared |= made.Claim is { Source: not ClaimSource.Metadata, Attribute: not AigcAttribute.NotGenerated };
                _mark.See(made.Claim, _now);
                break;
            case HistoryKnown history:
                _dismissals = history.Dismissals;
                break;
            case ClaimWithdrawn withdrawn:
                _claims.Withdraw(withdrawn.ClaimId);
                _mark.Lose(withdrawn.ClaimId, _now);
                break;
            case SampleLooked looked:
                Look(looked);
                break;
            case AudioHeard heard:
                Hear(heard.Reading);
                break;
            case GapSeen seen:
                _gap = _gap is { } held ? seen.Gap with { From = held.From } : seen.Gap;
                break;
            case GapEnded:
                _gap = null;
                break;
            case ReviewDecided decided:
                Review(decided, moment, changes);
                break;
            case OperatorForced forced:
                _order = forced;
                break;
            case SpliceReported reported:
                _spliceFault = reported.State == SpliceState.Cannot ? reported.Reason : null;
                _stampedSince = reported.State == SpliceState.Stamping ? _stampedSince ?? reported.At : null;
                break;
            case PolicyChanged changed:
                Use(changed.Policy);
                break;
            default:
                break;
        }
    }

    private void Look(SampleLooked looked)
    {
        WatchReplays(looked.Print);
        if (looked.Score is { } score)
        {
            _detector.Prior = PriorOf(_policy.Detector);
            _detector.Add(score);
        }

        _marks.Age(_now);
        if (looked.Logos is { } logos)
            _marks.AddLogos(logos);
        _audible.Age(_now);
        if (looked.Text is not { } text)
            return;
        var finding = _reader.Read(text);
        // A label that was there and is not where it was: only a whole reading says whether it is gone.
        _isUnconfirmed = !finding.IsConclusive && _watch.Latest is { State: LabelState.Sufficient };
        if (finding.IsConclusive)
            _watch.Add(finding);
        _marks.AddText(text.At, _markReader.Read(text, finding), text.Parts);
        _advisor.Read(looked.At);
    }

    // What is known of the stream besides its frames.
    private double PriorOf(SequentialOptions options) =>
        (_wasDeclared ? options.DeclaredPrior : 0) - (options.DismissedPrior * Math.Min(_dismissals, options.MaxDismissals));

    private void Use(JudgePolicy policy)
    {
        var replays = _policy.Replays;
        _policy = policy;
        UseReplays(replays);
        _detector.Use(policy.Detector);
        _watch.Use(policy.Label);
        _marks.Use(policy.Marks);
        _audible.Use(policy.Audible);
        _voice.Use(policy.Audible.Voice);
        _reader = new LabelReader(_obligations, policy.Label);
        _markReader = new MarkReader(_obligations, _matcher, policy.Marks);
        if (_stretch is not null && policy.StampFor == StampDuration.Continuous)
            _stretch.IsMendedByStamp = false;
    }

    // Verdict, stretch and label duty follow from the state alone.
    private void Conclude()
    {
        _ground = Ground.Strongest(Grounds());
        if (_ground is null)
        {
            _stretch = null;
            if (_verdict.Tier != Tier.None)
                _verdict = Verdict.Unremarkable with { Since = _now };
            return;
        }

        if (_stretch is null)
            _stretch = new Stretch(_ground.Since);
        else
            _stretch.BeginEarlier(_ground.Since);
        if (_verdict.Tier != _ground.Tier || _verdict.Basis != _ground.Basis)
            _verdict = new Verdict(_ground.Tier, _ground.Basis, _ground.Since, _ground.Fact.Text);
        _stretch.Take(_watch.Assess(_lawSince is { } law && law > _stretch.Since ? law : _stretch.Since, IsContinuous, _stretch.Standing.WasMet));
        if (_policy.StampFor == StampDuration.Minimum && !IsContinuous && _stampedSince is { } since
            && _now - since >= (_obligations.Duration?.MinDuration ?? TimeSpan.Zero))
            _stretch.IsMendedByStamp = true;
    }

    private bool IsContinuous => _policy.Continuous && _obligations.Continuous is not null;

    private IEnumerable<Ground> Grounds()
    {
        foreach (var ground in _claims.At(_now, _start ?? _now))
            yield return ground;
        if (_reviewer is { } reviewer)
            yield return reviewer;
        if (!_suspicionsDismissed && _marks.Established is { } mark)
        {
            var kind = mark.Latest.Kind == MarkKind.Logo ? "logo" : "text";
            var fact = new IncidentFact(kind, mark.Last, "On the picture: " + mark.Latest.Says + ".", mark.Latest.Score, Samples: mark.Seen, Box: mark.Latest.Box);
            yield return new Ground(Tier.Suspected, VerdictBasis.VisibleMark, mark.First, fact);
        }

        foreach (var ground in HeardGrounds())
            yield return ground;
        if (_detector.Standing is { Level: > DetectorLevel.None } standing)
            yield return new Ground(Tier.Suspected, BasisOf(standing), standing.Since, DetectorFact(standing));
    }

    private static IncidentFact DetectorFact(DetectorStanding standing) => new(
        "synthetic",
        standing.Since,
        $"The detector's mean score is above its {(standing.Level == DetectorLevel.Stamp ? "stamp" : "review")} level{PriorText(standing.Prior)}.",
        standing.Mean,
        standing.Threshold,
        standing.Samples,
        standing.Model);

    private static string PriorText(double prior) => prior == 0 ? "" : FormattableString.Invariant($", with {prior:+0.00;-0.00} for what is known of the stream");

    private LookAdvice Advise(bool keep)
    {
        var open = _stretch is { IsMendedByStamp: false } && !IsWaived;
        var undecided = (open && _stretch!.IsUndecided && _obligations.Presence is not null) || (!_suspicionsDismissed && _marks.IsPending) || _isUnconfirmed;
        var due = open && (IsContinuous || _stretch!.Standing.Duty == LabelDuty.Violated);
        var label = _watch.Latest is { State: LabelState.Sufficient, Box: { } box } ? box : (PixelBox?)null;
        var advice = _advisor.Advise(_now, _policy.Looks, undecided, due, _ground is null && _detector.IsSuspicious, _ground is null, keep, label);
        return advice with { Standing = StandingOf(undecided) };
    }

    private LookStanding StandingOf(bool undecided)
    {
        if (_ground is not null || undecided || !_detector.IsClear)
            return LookStanding.Suspicious;
        return _detector.IsNew ? LookStanding.New : LookStanding.Clean;
    }
}
