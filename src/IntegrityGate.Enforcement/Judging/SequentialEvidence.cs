using System.Numerics;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Judging;

/// <summary>
/// Adds up a detector's scores over a stream: the mean over independent frames against the model's two levels, entered at
/// the level and left a hysteresis below it, only with enough frames over enough time. Deterministic: the same scores in the
/// same order give the same standing.
/// </summary>
/// <remarks>
/// The mean takes no credit for length: errors on one stream are not independent (the model takes a real host for synthetic
/// frame after frame), so an hour of the same face is no surer than a minute, and the levels carry the false-alarm budget.
/// When the model changes, a level that holds is kept, for no longer than scores count, until the new model has enough frames: a label
/// does not go off and on because a model was replaced.
/// </remarks>
/// <param name="options">Window, least numbers, hysteresis.</param>
public sealed class SequentialEvidence(SequentialOptions options)
{
    private readonly record struct Sample(MediaTime At, double Score, ulong Fingerprint, IReadOnlyList<double> Views);

    private readonly List<Sample> _window = [];
    private SequentialOptions _options = options;
    private MediaTime? _leftAt;
    private ModelReference? _model;
    private MediaTime? _inheritedAt;
    private int _seen;

    /// <summary>The present finding.</summary>
    public DetectorStanding Standing { get; private set; } = DetectorStanding.Nothing;

    /// <summary>What the stream's history adds to the mean before it is compared, in logits; 0 when nothing is known of it.</summary>
    public double Prior { get; set; }

    /// <summary>True after a reviewer dismissed a finding: scores are still averaged, but no level is entered.</summary>
    public bool IsSilenced { get; private set; }

    /// <summary>True when more samples could soon raise a finding: the mean so far is near or over the review level and no level holds.</summary>
    public bool IsSuspicious => !IsSilenced && Standing is { Level: DetectorLevel.None, Samples: > 0 } && Standing.Mean + Prior >= Standing.Levels.Review - _options.Hysteresis;

    /// <summary>True until enough frames were scored, whether they count or not; true again after a change of model or clock.</summary>
    public bool IsNew => _seen < _options.MinSamples;

    /// <summary>True when no level holds and none is near, or a reviewer said that none is to be entered.</summary>
    public bool IsClear => Standing.Level == DetectorLevel.None
        && (IsSilenced || Standing.Samples == 0 || Standing.Mean + Prior < Standing.Levels.Review - _options.ClearBy);

    /// <summary>Adds a score.</summary>
    /// <param name="score">The score. One that is out of scope or no number is no evidence; a frame like a recent one counts once.</param>
    /// <returns>True when it counts.</returns>
    public bool Add(SyntheticScore score)
    {
        if (_model is { } model && model != score.Model)
        {
            // Scores of two models are not on one scale. What the other one found holds until this one can say something.
            _window.Clear();
            _seen = 0;
            _inheritedAt = Standing.Level > DetectorLevel.None ? _inheritedAt ?? score.At : null;
        }

        _model = score.Model;
        _seen = Math.Min(_seen + 1, _options.MinSamples);
        _window.RemoveAll(sample => score.At - sample.At > _options.MaxAge);
        var counts = score.OutOfScope is null && double.IsFinite(score.Score) && !IsKnown(score.Fingerprint);
        if (counts)
        {
            while (_window.Count >= _options.Window)
                _window.RemoveAt(0);
            _window.Add(new Sample(score.At, score.Score, score.Fingerprint, score.ViewScores));
        }

        Decide(score);
        return counts;
    }

    /// <summary>A reviewer said that the finding is wrong.</summary>
    public void Silence()
    {
        IsSilenced = true;
        Standing = Standing with { Level = DetectorLevel.None, Deciding = [] };
    }

    /// <summary>Changes the options from the next score on.</summary>
    /// <param name="options">The options.</param>
    public void Use(SequentialOptions options) => _options = options;

    /// <summary>Forgets the samples: the stream's clock began anew.</summary>
    public void Restart()
    {
        _window.Clear();
        _seen = 0;
        _inheritedAt = null;
        _leftAt = null;
        Standing = Standing with { Level = DetectorLevel.None, Samples = 0, Mean = 0, Deciding = [] };
    }

    private bool IsKnown(ulong fingerprint) => _window.Exists(sample => BitOperations.PopCount(sample.Fingerprint ^ fingerprint) <= _options.SameFrameBits);

    private void Decide(SyntheticScore score)
    {
        var levels = _options.Levels?.For(score) ?? score.Levels;
        var mean = _window.Count == 0 ? 0 : _window.Average(sample => sample.Score);
        var enough = _window.Count >= _options.MinSamples && _window[^1].At - _window[0].At >= _options.MinSpread;
        if (_inheritedAt is { } inherited && !enough && !IsSilenced && score.At - inherited <= _options.MaxAge)
            return;
        _inheritedAt = null;
        var before = Standing.Level;
        var level = enough && !IsSilenced ? LevelOf(mean + Prior, before, levels) : DetectorLevel.None;
        if (level > DetectorLevel.None && before == DetectorLevel.None && _leftAt is { } left && score.At - left < _options.CoolDown)
            level = DetectorLevel.None;
        if (level == DetectorLevel.None && before > DetectorLevel.None)
            _leftAt = score.At;
        Standing = new DetectorStanding(level, level == before ? Standing.Since : score.At, mean, _window.Count, score.Model, levels)
        {
            Prior = Prior,
            Deciding = level == DetectorLevel.None ? [] : level == before ? Standing.Deciding : Deciding(),
        };
    }

    private List<DecidingSample> Deciding()
    {
        var samples = new List<DecidingSample>();
        var sum = 0d;
        for (var i = 0; i < _window.Count; i++)
        {
            sum += _window[i].Score;
            if (i >= _window.Count - DetectorStanding.MaxDeciding)
                samples.Add(new DecidingSample(_window[i].At, _window[i].Score, _window[i].Views, sum, i + 1));
        }

        return samples;
    }

    private DetectorLevel LevelOf(double mean, DetectorLevel before, DetectorLevels levels)
    {
        if (mean >= levels.Stamp || (before == DetectorLevel.Stamp && mean >= levels.Stamp - _options.Hysteresis))
            return DetectorLevel.Stamp;
        return mean >= levels.Review || (before >= DetectorLevel.Review && mean >= levels.Review - _options.Hysteresis)
            ? DetectorLevel.Review
            : DetectorLevel.None;
    }
}
