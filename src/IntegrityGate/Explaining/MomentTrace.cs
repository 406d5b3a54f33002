using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Detection;
using IntegrityGate.Enforcement.Judging;
using IntegrityGate.Enforcement.Judging.Inputs;
using IntegrityGate.Looking;
using IntegrityGate.Scanning;

namespace IntegrityGate.Explaining;

/// <summary>The looks and judgements up to a moment, step by step.</summary>
internal sealed class MomentTrace
{
    private readonly Judge _judge;
    private readonly ScanState _scan;
    private readonly SequentialEvidence _evidence;
    private readonly List<SampleStep> _steps = [];
    private readonly Dictionary<string, Incident> _incidents = [];

    /// <summary>A trace without looks.</summary>
    /// <param name="judge">The clip's judge.</param>
    /// <param name="rule">The judge's rule for scores: its running mean is kept beside it.</param>
    /// <param name="detectors">The detectors.</param>
    public MomentTrace(Judge judge, SequentialOptions rule, DetectorSet detectors)
    {
        _judge = judge;
        _evidence = new SequentialEvidence(rule);
        _scan = new ScanState(new Looker(detectors.OpenSynthetic(), detectors.Text, () => "", TimeProvider.System) { Logos = detectors.Logos });
    }

    /// <summary>The samples so far.</summary>
    public IReadOnlyList<SampleStep> Steps => _steps;

    /// <summary>The verdict that holds.</summary>
    public Verdict Verdict { get; private set; } = Verdict.Unremarkable;

    /// <summary>The incidents that are open, in the order of their opening.</summary>
    public IReadOnlyList<Incident> OpenIncidents => [.. _incidents.Values.Where(i => i.State == IncidentState.Open).OrderBy(i => i.Id, StringComparer.Ordinal)];

    /// <summary>Sees a picture pass and looks when the judge wants a look; borrows it.</summary>
    public async ValueTask SeeAsync(VideoFrame frame, CancellationToken cancellationToken)
    {
        if (!_scan.Wants(frame.Pts))
            return;
        var looked = await _scan.Looker.LookAsync(frame, cancellationToken);
        if (looked.Score is { } score)
        {
            var counts = _evidence.Add(score);
            _steps.Add(new SampleStep(score, counts, _evidence.Standing));
        }

        Apply(looked);
    }

    /// <summary>Gives the judge an input.</summary>
    public void Apply(JudgeInput input)
    {
        var judgement = _judge.Apply(input);
        _scan.Apply(judgement);
        Verdict = judgement.Verdict;
        foreach (var change in judgement.Changes)
            _incidents[change.Incident.Id] = change.Incident;
    }
}
