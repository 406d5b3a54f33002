using IntegrityGate.Media.Rates;

namespace IntegrityGate.Evaluating;

/// <summary>What is to be evaluated, and how.</summary>
internal sealed record EvaluationOptions
{
    /// <summary>The ladder unless another is asked for: the three encodings of frame-v1's card, and bit rates as streams at these sizes have them.</summary>
    public static IReadOnlyList<StreamRate> DefaultRates { get; } =
    [
        new(1080, null, 4500), new(720, 28, null), new(720, null, 2500), new(360, 28, null), new(360, 34, null), new(360, null, 800),
    ];

    /// <summary>Lists and folders.</summary>
    public required IReadOnlyList<string> Sets { get; init; }

    /// <summary>The rates; the largest size first.</summary>
    public IReadOnlyList<StreamRate> Rates { get; init; } = DefaultRates;

    /// <summary>
    /// The least short side that an item must have at a rate, px. Nothing is enlarged, so a larger size is for items that have it; at the
    /// smallest one a smaller item keeps its own size, so that none is lost.
    /// </summary>
    public int LeastShortSide(StreamRate rate) => rate.ShortSide == Rates.Min(r => r.ShortSide) ? 1 : rate.ShortSide;

    /// <summary>Clips of a source shorter than this are joined to streams of at least this length; zero joins nothing, since a joined stream is no real one.</summary>
    public TimeSpan Join { get; init; } = TimeSpan.Zero;

    /// <summary>Items under way at once. The number of cores: each takes one encoder and one decoder, in turn.</summary>
    public int Jobs { get; init; } = Math.Max(1, Environment.ProcessorCount);

    /// <summary>Seed of the bootstrap: the same seed gives the same figures.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether every item is scored by the cascade, too, beside all views.</summary>
    public bool Cascade { get; init; }

    /// <summary>The budget for which levels are suggested; null to suggest none.</summary>
    public LevelBudget? Budget { get; init; }
}
