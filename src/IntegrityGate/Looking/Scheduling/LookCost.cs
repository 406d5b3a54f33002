namespace IntegrityGate.Looking.Scheduling;

/// <summary>
/// What a look is expected to cost: for each stage the exponentially weighted mean of the CPU time it took, a look without the
/// stage counted as zero, so that the sum is the mean cost of a look whatever share of them reads text.
/// </summary>
internal sealed class LookCost
{
    /// <summary>0.1: about the last twenty looks, long enough to average over readings that come at every fifth.</summary>
    public const double Weight = 0.1;

    /// <summary>50 ms before anything was measured: a decoded key frame and a score, on a slow core.</summary>
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);

    private static readonly LookStage[] s_stages = Enum.GetValues<LookStage>();
    private LookSpending _mean;
    private long _looks;

    /// <summary>Expected CPU time of the next look.</summary>
    public TimeSpan Expected => _looks == 0 ? First : _mean.Total;

    /// <summary>Looks measured.</summary>
    public long Looks => _looks;

    /// <summary>The mean of a stage.</summary>
    public TimeSpan Of(LookStage stage) => _mean[stage];

    /// <summary>Begins with what looks of other streams cost.</summary>
    public void BeginLike(LookCost other)
    {
        if (_looks > 0 || other._looks == 0)
            return;
        _mean = other._mean;
        _looks = 1;
    }

    /// <summary>Adds a look.</summary>
    public void Add(LookSpending spent)
    {
        // The first few count in full, as an ordinary mean: one costly first look must not be believed for twenty.
        var weight = Math.Max(Weight, 1.0 / (++_looks));
        foreach (var stage in s_stages)
            _mean[stage] += (spent[stage] - _mean[stage]) * weight;
    }
}
