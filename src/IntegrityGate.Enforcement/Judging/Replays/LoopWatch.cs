using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Judging.Replays;

/// <summary>
/// Finds video that repeats, over minutes to hours, from the hashes of the looks alone. A picture that was on screen before gives a
/// candidate period; the candidate then has to foretell the looks that follow. Pictures that are common on this stream say little,
/// whoever stands before a still camera; so do slides, which stand and may come again.
/// </summary>
/// <remarks>
/// Memory is bounded: <see cref="ReplayOptions.MemoryLooks"/> looks of 40 bytes and <see cref="MaxCandidates"/> candidates. A look
/// costs one pass over the memory, 4,096 distances of 256 bits.
/// </remarks>
/// <param name="options">Thresholds.</param>
internal sealed class LoopWatch(ReplayOptions options)
{
    /// <summary>64 candidates at a time: a stream that repeats has a few, and one whose pictures match by chance drops them again.</summary>
    public const int MaxCandidates = 64;

    // Candidates from one look: the nearest few in time; a long loop gives a match for each of its showings.
    private const int MaxFromOneLook = 8;

    // A picture that matches a quarter of what is remembered suggests no period.
    private const double TooCommon = 0.25;

    // Looks closer together than this do not say whether the picture stands.
    private static readonly TimeSpan s_unchangedOver = TimeSpan.FromSeconds(1);

    private readonly LoopMemory _memory = new(options.MemoryLooks);
    private readonly List<LoopCandidate> _candidates = [];
    private readonly List<LoopMemory.Entry> _matches = [];

    /// <summary>The loop that runs now; null when there is none.</summary>
    public LoopFinding? Finding { get; private set; }

    /// <summary>Bytes held, for its bound.</summary>
    public int AllocatedBytes => _memory.AllocatedBytes;

    /// <summary>Candidates held.</summary>
    public int Candidates => _candidates.Count;

    /// <summary>Adds a look.</summary>
    /// <param name="at">Media time; a look that is not later than the last is left out.</param>
    /// <param name="hash">The picture.</param>
    public void Add(MediaTime at, PictureHash hash)
    {
        if (_memory.Count > 0 && at <= _memory[_memory.Count - 1].At)
            return;
        var common = Compare(at, hash);
        var unchanged = IsUnchanged(at, hash);
        foreach (var candidate in _candidates)
        {
            if (_memory.Nearest(at - candidate.Period, options.Tolerance) is { } then)
                candidate.Check(at, hash, then.Hash.DistanceTo(hash) <= options.MatchBits, common, unchanged);
        }

        _candidates.RemoveAll(candidate => candidate.IsDead(at));
        Finding = _candidates.Where(candidate => candidate.IsEstablished).MinBy(candidate => candidate.Period)?.ToFinding();
        if (Finding is null && common < TooCommon && !unchanged)
            Suggest(at, hash, common);
        _memory.Add(new LoopMemory.Entry(at, hash));
    }

    /// <summary>Forgets everything: the clock began anew.</summary>
    public void Clear()
    {
        _memory.Clear();
        _candidates.Clear();
        Finding = null;
    }

    // Gathers the looks that show this picture, newest first, and says how common it is.
    private double Compare(MediaTime at, PictureHash hash)
    {
        _matches.Clear();
        var old = _memory.FirstAtOrAfter(at - options.MinPeriod + TimeSpan.FromMilliseconds(1));
        var matches = 0;
        for (var i = old - 1; i >= 0; i--)
        {
            ref readonly var entry = ref _memory[i];
            if (entry.Hash.DistanceTo(hash) > options.MatchBits)
                continue;
            matches++;
            if (_matches.Count < MaxFromOneLook)
                _matches.Add(entry);
        }

        // Laplace's rule: with little seen, nothing is rare.
        return (matches + 1.0) / (old + 2.0);
    }

    private bool IsUnchanged(MediaTime at, PictureHash hash)
    {
        var before = _memory.FirstAtOrAfter(at - s_unchangedOver + TimeSpan.FromMilliseconds(1)) - 1;
        return before >= 0 && _memory[before].Hash.DistanceTo(hash) <= options.UnchangedBits;
    }

    private void Suggest(MediaTime at, PictureHash hash, double common)
    {
        foreach (var entry in _matches)
        {
            var period = at - entry.At;
            if (_candidates.Exists(held => (held.Period - period).Duration() <= options.Tolerance))
                continue;
            var candidate = new LoopCandidate(options, period, entry.At);
            candidate.Check(at, hash, matches: true, common, unchanged: false);
            if (_candidates.Count >= MaxCandidates)
            {
                var weakest = _candidates.MinBy(held => held.Evidence)!;
                if (weakest.Evidence > candidate.Evidence)
                    return;
                _candidates.Remove(weakest);
            }

            _candidates.Add(candidate);
        }
    }
}
