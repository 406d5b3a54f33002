using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Time;
using IntegrityGate.Enforcement.Judging;
using IntegrityGate.Looking;

namespace IntegrityGate.Scanning;

/// <summary>Where a scan stands: the verdict so far and when the judge wants to look again.</summary>
internal sealed class ScanState(Looker looker)
{
    private TimeSpan _interval;
    private MediaTime? _last;

    public Looker Looker { get; } = looker;

    public Verdict Verdict { get; private set; } = Verdict.Unremarkable;

    public int Looks { get; private set; }

    public MediaTime Until => _last ?? MediaTime.Zero;

    public bool Wants(MediaTime at)
    {
        if (_last is { } last && at < last + _interval)
            return false;
        _last = at;
        Looks++;
        return true;
    }

    public void Apply(Judgement judgement)
    {
        // At the end every verdict is lifted; the report tells the one that was in force.
        if (judgement.Verdict.Tier != Tier.None || Verdict.Tier == Tier.None)
            Verdict = judgement.Verdict;
        _interval = judgement.Look.Next;
        Looker.ReadText = judgement.Look.ReadText;
        Looker.Standing = judgement.Look.Standing;
    }
}
