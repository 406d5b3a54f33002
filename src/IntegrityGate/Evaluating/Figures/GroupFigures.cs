using IntegrityGate.Evaluating.Items;
using IntegrityGate.Evaluating.Statistics;
using IntegrityGate.Media.Rates;

namespace IntegrityGate.Evaluating.Figures;

/// <summary>How well items of one exposure are told apart at one rate; intervals are over sources.</summary>
internal sealed record GroupFigures
{
    /// <summary>What training saw of the sources.</summary>
    public required Exposure Exposure { get; init; }

    /// <summary>The rate.</summary>
    public required StreamRate Rate { get; init; }

    /// <summary>Synthetic items.</summary>
    public required ClassCount Synthetic { get; init; }

    /// <summary>Real items.</summary>
    public required ClassCount Real { get; init; }

    /// <summary>Area under the ROC curve, each item alike.</summary>
    public required Estimate Auc { get; init; }

    /// <summary>Area under the ROC curve, each source alike within its class.</summary>
    public required Estimate AucSourcesAlike { get; init; }

    /// <summary>True-positive rate at 1 % false positives, on this set's own threshold.</summary>
    public required Estimate TruePositivesAt1Percent { get; init; }

    /// <summary>True-positive rate at 0.1 % false positives, on this set's own threshold.</summary>
    public required Estimate TruePositivesAt01Percent { get; init; }

    /// <summary>Real items at or above the review level.</summary>
    public required ShareFigure RealAboveReview { get; init; }

    /// <summary>Synthetic items at or above the review level.</summary>
    public required ShareFigure SyntheticAboveReview { get; init; }

    /// <summary>Real items at or above the stamp level.</summary>
    public required ShareFigure RealAboveStamp { get; init; }

    /// <summary>Synthetic items at or above the stamp level.</summary>
    public required ShareFigure SyntheticAboveStamp { get; init; }

    /// <summary>The ROC curve, each item alike.</summary>
    public required IReadOnlyList<RocPoint> Roc { get; init; }

    /// <summary>Stated probabilities beside the truth, classes and their sources weighted alike, as the calibration is meant.</summary>
    public required CalibrationCurve Calibration { get; init; }

    /// <summary>Quantiles 0.05, 0.25, 0.5, 0.75, 0.95 of the synthetic items' scores; empty without items.</summary>
    public required IReadOnlyList<double> SyntheticScores { get; init; }

    /// <summary>The same of the real items.</summary>
    public required IReadOnlyList<double> RealScores { get; init; }
}
