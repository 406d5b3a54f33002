using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Judging.Replays;

/// <summary>
/// A period that may be that of a loop. It foretells: what is on screen now was on screen a period ago. Each look that can be
/// checked counts for or against it by how likely it would be by chance, a cumulative sum that never falls below nothing.
/// </summary>
internal sealed class LoopCandidate
{
    /// <summary>Hashes kept as evidence.</summary>
    public const int MaxHashes = 16;

    // Under a loop nine of ten looks match: now and then an overlay or a scene of fast motion does not.
    private const double MatchUnderLoop = 0.9;

    // A single look counts for no more than this: 20 times likelier.
    private const double MostForOne = 3;

    private readonly ReplayOptions _options;
    private readonly List<PictureHash> _pictures = [];
    private MediaTime _first;
    private MediaTime _firstMatch;
    private MediaTime _last;
    private MediaTime _checked;
    private PictureHash? _counted;
    private int _looks;
    private int _unchanged;

    /// <param name="options">Thresholds.</param>
    /// <param name="period">The period.</param>
    /// <param name="source">Media time of the picture that came again.</param>
    public LoopCandidate(ReplayOptions options, TimeSpan period, MediaTime source)
    {
        _options = options;
        Period = period;
        _first = source;
        _firstMatch = _last = _checked = source + period;
    }

    /// <summary>The period.</summary>
    public TimeSpan Period { get; }

    /// <summary>Sum of the evidence.</summary>
    public double Evidence { get; private set; }

    /// <summary>True once it was established, until the evidence is half gone.</summary>
    public bool IsEstablished { get; private set; }

    /// <summary>True when nothing speaks for it any more, or nothing could be checked for two periods.</summary>
    public bool IsDead(MediaTime now) => Evidence <= 0 || now - _checked > (Period * 2) + TimeSpan.FromMinutes(1);

    /// <summary>Takes a look whose counterpart a period ago is known.</summary>
    /// <param name="at">When.</param>
    /// <param name="hash">What is on screen.</param>
    /// <param name="matches">True when it is what was on screen then.</param>
    /// <param name="common">Share of all remembered looks that it would match: how likely a match is by chance.</param>
    /// <param name="unchanged">True when the look before showed the same.</param>
    public void Check(MediaTime at, PictureHash hash, bool matches, double common, bool unchanged)
    {
        _checked = at;
        _looks++;
        _unchanged += unchanged ? 1 : 0;
        if (!matches)
        {
            Evidence += Math.Log((1 - MatchUnderLoop) / (1 - common));
        }
        else
        {
            _last = at;
            // A picture that stands for a while is one observation.
            if (!unchanged && (_counted is not { } counted || counted.DistanceTo(hash) > _options.MatchBits))
            {
                _counted = hash;
                Evidence += Math.Min(MostForOne, Math.Log(MatchUnderLoop / common));
                Keep(hash);
            }
        }

        // Twice the threshold and no more: an end shows within a few looks however long the loop ran.
        Evidence = Math.Clamp(Evidence, 0, 2 * _options.Evidence);
        IsEstablished = IsEstablished ? Evidence >= _options.Evidence / 2 : IsConvincing;
    }

    /// <summary>What it found.</summary>
    public LoopFinding ToFinding() => new(Period, Repeats, _first, _last, _pictures.Count, Evidence, [.. _pictures]);

    // Whole periods that came again, rounded: the first and the last look of a showing seldom fall on its ends.
    private int Repeats => (int)(((_last - _firstMatch) / Period) + 0.5);

    private bool IsConvincing =>
        Evidence >= _options.Evidence
        && Repeats >= _options.MinRepeats
        && _pictures.Count >= _options.MinPictures
        && _unchanged <= _looks * _options.MaxUnchanged;

    private void Keep(PictureHash hash)
    {
        if (_pictures.Count < MaxHashes && !_pictures.Exists(held => held.DistanceTo(hash) <= _options.MatchBits))
            _pictures.Add(hash);
    }
}
