using IntegrityGate.Core.Rules;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Labels;

/// <summary>
/// Follows the label over time: how long it was on screen (between the bounds that the looks leave), whether it is missing,
/// and which fault to name. Keeps the newest <see cref="Capacity"/> looks.
/// </summary>
/// <param name="obligations">The rules.</param>
/// <param name="options">Tolerances.</param>
internal sealed class LabelWatch(Obligations obligations, LabelReadingOptions options)
{
    /// <summary>256 looks: 40 minutes at one look in ten seconds, two minutes at two a second; a met duty is remembered apart.</summary>
    public const int Capacity = 256;

    private readonly List<LabelFinding> _looks = [];
    private Obligations _obligations = obligations;
    private LabelReadingOptions _options = options;

    /// <summary>The newest look.</summary>
    public LabelFinding? Latest => _looks.Count > 0 ? _looks[^1] : null;

    /// <summary>Looks kept.</summary>
    public int Count => _looks.Count;

    /// <summary>Adds a look; one that is not newer than the newest is passed over.</summary>
    public void Add(LabelFinding finding)
    {
        if (Latest is { } latest && finding.At <= latest.At)
            return;
        if (_looks.Count == Capacity)
            _looks.RemoveAt(0);
        _looks.Add(finding);
    }

    /// <summary>Changes the tolerances from the next look on.</summary>
    public void Use(LabelReadingOptions options) => _options = options;

    /// <summary>Changes the rules from the next assessment on: another day, another law.</summary>
    public void Use(Obligations obligations) => _obligations = obligations;

    /// <summary>Forgets everything: the stream's clock began anew.</summary>
    public void Clear() => _looks.Clear();

    /// <summary>Judges the stretch that began at a moment.</summary>
    /// <param name="since">Its beginning.</param>
    /// <param name="continuous">True when the label must stay.</param>
    /// <param name="wasMet">True when the duty was already met once in this stretch.</param>
    public LabelStanding Assess(MediaTime since, bool continuous, bool wasMet)
    {
        if (_obligations.Presence is not { } presence)
            return new LabelStanding(LabelDuty.Met, null, since, null, true);
        var run = new LabelRun(_obligations.Duration?.MinDuration ?? TimeSpan.Zero, since, wasMet);
        var without = new List<LabelFinding>();
        foreach (var look in _looks)
        {
            if (look.At < since)
                continue;
            run.Add(look);
            if (look.State == LabelState.Sufficient)
                without.Clear();
            else
                without.Add(look);
        }

        if (run.WasMet && (!continuous || run.IsOn))
            return new LabelStanding(LabelDuty.Met, null, since, Latest, true);
        var violated = AreEnough(without) || IsEndless(since, run);
        if (!violated || (run.IsOn && !IsEndless(since, run)))
            return new LabelStanding(LabelDuty.Undecided, null, since, Latest, run.WasMet);
        var worst = without.Count == 0 ? Latest! : without.TakeLast(_options.FaultMemoryLooks).MaxBy(look => look.State)!;
        return new LabelStanding(LabelDuty.Violated, RuleFor(worst, run, continuous) ?? presence, run.Ended ?? since, worst, run.WasMet);
    }

    private bool AreEnough(List<LabelFinding> without) =>
        without.Count >= _options.MissingAfterLooks && without[^1].At - without[0].At >= _options.MissingSpread;

    // A label that comes and goes faster than the looks would stay undecided for ever: four times the least time and number is enough.
    private bool IsEndless(MediaTime since, LabelRun run) =>
        run is { WasMet: false, Looks: var looks, Breaks: > 1 } && looks >= 4 * _options.MissingAfterLooks && Latest!.At - since >= 4 * run.Least;

    // The duty is one; the fault that says most about how it was missed names it.
    private Rule? RuleFor(LabelFinding finding, LabelRun run, bool continuous) => finding.State switch
    {
        LabelState.Position => finding.Broken ?? (_obligations.Positions is [var position, ..] ? position : null),
        LabelState.TooSmall => _obligations.Height,
        LabelState.Wording => finding.Broken ?? (_obligations.Wordings is [var wording, ..] ? wording : null),
        _ when run.WasTooShort => _obligations.Duration,
        _ when continuous && run.WasMet => _obligations.Continuous,
        _ => null,
    };
}
