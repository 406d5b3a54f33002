using System.Globalization;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Enforcement.Judging.Replays;

namespace IntegrityGate.Enforcement.Judging;

/// <content>
/// Video that repeats or stands still while it poses as live: an incident of its own for a reviewer. It bears on no verdict, and
/// nothing is stamped or blocked for it.
/// </content>
public sealed partial class Judge
{
    private LoopWatch _loops;
    private StillWatch _stills;

    private void WatchReplays(PicturePrint? print)
    {
        if (print is null || !_policy.Replays.Enabled)
            return;
        _loops.Add(print.At, print.Hash);
        _stills.Add(print);
    }

    private void UseReplays(ReplayOptions before)
    {
        if (before == _policy.Replays)
            return;
        _loops = new LoopWatch(_policy.Replays);
        _stills = new StillWatch(_policy.Replays);
    }

    private Breach? LoopBreach()
    {
        if (_obligations.Loop is not { } rule)
            return null;
        if (_loops.Finding is { } loop)
        {
            return new Breach(rule, _verdict.Tier, _verdict.Basis, rule.Severity, EnforcementAct.Report, "The same video is shown again and again.", loop.First, LoopFacts(loop));
        }

        return _stills.Finding is not { } still ? null : new Breach(
            rule,
            _verdict.Tier,
            _verdict.Basis,
            rule.Severity,
            EnforcementAct.Report,
            "The picture stands still.",
            still.First,
            [new IncidentFact("loop", still.Last, "No motion since the picture of hash " + still.Hash + ", but for an overlay perhaps.", still.Share, _policy.Replays.StillShare, still.Looks)]);
    }

    // The texts of a loop stay the same from look to look; what grows stands in the numbers.
    private List<IncidentFact> LoopFacts(LoopFinding loop)
    {
        var period = loop.Period.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        var facts = new List<IncidentFact>
        {
            new("loop", loop.Last, $"What is on screen was on screen {period} s before, time and again.", loop.Repeats, _policy.Replays.MinRepeats, loop.Pictures),
        };
        for (var i = 0; i < Math.Min(loop.Hashes.Count, _policy.Replays.MinPictures); i++)
            facts.Add(new IncidentFact("loop", loop.First, "Came again: picture of hash " + loop.Hashes[i] + "."));
        return facts;
    }
}
