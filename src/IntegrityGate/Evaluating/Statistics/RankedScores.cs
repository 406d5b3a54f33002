namespace IntegrityGate.Evaluating.Statistics;

/// <summary>
/// Scores of two classes, ranked once, and what follows from them under any weights: the bootstrap asks thousands of times with
/// other weights. Higher scores speak for the positive class. Equal scores are one threshold.
/// </summary>
internal sealed class RankedScores
{
    private readonly int[] _order;
    private readonly double[] _scores;
    private readonly bool[] _positive;

    /// <summary>Ranks scores.</summary>
    /// <param name="scores">Finite scores.</param>
    /// <param name="positive">Which are of the positive class.</param>
    public RankedScores(IReadOnlyList<double> scores, IReadOnlyList<bool> positive)
    {
        _scores = [.. scores];
        _positive = [.. positive];
        _order = [.. Enumerable.Range(0, _scores.Length)];
        Array.Sort(_order, (a, b) => _scores[b] != _scores[a] ? _scores[b].CompareTo(_scores[a]) : a.CompareTo(b));
    }

    /// <summary>Weight 1 for each.</summary>
    public double[] EqualWeights()
    {
        var weights = new double[_scores.Length];
        Array.Fill(weights, 1);
        return weights;
    }

    /// <summary>Area under the ROC curve: the chance that a positive scores above a negative, ties half. NaN when a class has no weight.</summary>
    public double Auc(ReadOnlySpan<double> weights)
    {
        double area = 0, truePositives = 0, falsePositives = 0;
        for (var i = 0; i < _order.Length;)
        {
            var (positive, negative) = Step(weights, ref i);
            // A trapezium under the step from the last threshold to this one.
            area += negative * (truePositives + (positive / 2));
            truePositives += positive;
            falsePositives += negative;
        }

        return area / (truePositives * falsePositives);
    }

    /// <summary>The largest true-positive rate at a threshold whose false-positive rate is not over a limit. NaN when a class has no weight.</summary>
    public double TruePositivesAt(ReadOnlySpan<double> weights, double falsePositiveRate)
    {
        double truePositives = 0, falsePositives = 0, best = 0;
        // The total is needed first; rounding of the weights' sum must not cost a threshold.
        var limit = (falsePositiveRate * WeightOf(weights, false)) + 1e-9;
        for (var i = 0; i < _order.Length;)
        {
            var (positive, negative) = Step(weights, ref i);
            truePositives += positive;
            falsePositives += negative;
            if (falsePositives <= limit)
                best = truePositives;
        }

        return falsePositives > 0 ? best / truePositives : double.NaN;
    }

    /// <summary>
    /// The lowest score, of those that came up among the negatives, with no more than a share of them above it: a level just over it
    /// keeps to the share.
    /// </summary>
    /// <returns>The score; NaN without negatives.</returns>
    public double NegativeLevel(ReadOnlySpan<double> weights, double share)
    {
        var limit = (share * WeightOf(weights, false)) + 1e-9;
        double above = 0;
        for (var i = 0; i < _order.Length;)
        {
            var score = _scores[_order[i]];
            above += Step(weights, ref i).Negative;
            if (above > limit)
                return score;
        }

        return double.NaN;
    }

    /// <summary>Share of a class's weight at or above a score.</summary>
    public double ShareAbove(ReadOnlySpan<double> weights, bool positive, double score)
    {
        double above = 0;
        for (var i = 0; i < _scores.Length; i++)
            above += _positive[i] == positive && _scores[i] >= score ? weights[i] : 0;
        return above / WeightOf(weights, positive);
    }

    /// <summary>The ROC curve from (0, 0) to (1, 1), a point a threshold; empty when a class has no weight.</summary>
    public IReadOnlyList<RocPoint> Curve(ReadOnlySpan<double> weights)
    {
        var (allPositive, allNegative) = (WeightOf(weights, true), WeightOf(weights, false));
        if (allPositive <= 0 || allNegative <= 0)
            return [];
        var points = new List<RocPoint> { new(0, 0, double.PositiveInfinity) };
        double truePositives = 0, falsePositives = 0;
        for (var i = 0; i < _order.Length;)
        {
            var score = _scores[_order[i]];
            var (positive, negative) = Step(weights, ref i);
            truePositives += positive;
            falsePositives += negative;
            points.Add(new RocPoint(falsePositives / allNegative, truePositives / allPositive, score));
        }

        return points;
    }

    private double WeightOf(ReadOnlySpan<double> weights, bool positive)
    {
        double sum = 0;
        for (var i = 0; i < _positive.Length; i++)
            sum += _positive[i] == positive ? weights[i] : 0;
        return sum;
    }

    // Takes all items of the next threshold.
    private (double Positive, double Negative) Step(ReadOnlySpan<double> weights, ref int i)
    {
        double positive = 0, negative = 0;
        var score = _scores[_order[i]];
        for (; i < _order.Length && _scores[_order[i]] == score; i++)
        {
            if (_positive[_order[i]])
                positive += weights[_order[i]];
            else
                negative += weights[_order[i]];
        }

        return (positive, negative);
    }
}
