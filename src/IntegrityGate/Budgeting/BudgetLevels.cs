using System.Globalization;
using IntegrityGate.Configuration;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Enforcement.Judging;

namespace IntegrityGate.Budgeting;

/// <summary>
/// Turns a budget of false alarms into a model's levels, by figures that were measured. A budget that the figures do not support is not
/// taken on trust: without a review level there is none to run with, and without a stamp level the detector alone stamps nothing.
/// Pure.
/// </summary>
internal static class BudgetLevels
{
    /// <summary>Chooses.</summary>
    /// <param name="budget">The budget.</param>
    /// <param name="figures">What is known of the model.</param>
    /// <returns>The levels and what is to be said of them.</returns>
    /// <exception cref="FormatException">No level keeps the share of flagged streams; says which are known.</exception>
    public static (MeasuredLevels Levels, IReadOnlyList<string> Notes) Choose(FalseAlarmOptions budget, BudgetFigures figures)
    {
        var notes = new List<string>();
        var review = budget.Flagged is { } flagged ? Review(flagged, figures) : figures.Own.Review;
        var stamp = budget.Labels is { } labels ? Stamp(labels, figures, notes) : figures.Own.Stamp;
        var levels = new DetectorLevels(review, Math.Max(stamp, review));
        notes.Insert(0, string.Create(
            CultureInfo.InvariantCulture,
            $"The detector's levels by falseAlarms: review {levels.Review:0.00} (its own {figures.Own.Review:0.00}), stamp {(double.IsFinite(levels.Stamp) ? levels.Stamp.ToString("0.00", CultureInfo.InvariantCulture) : "never")} (its own {figures.Own.Stamp:0.00})."));
        return (new MeasuredLevels(figures.Model, figures.Version, levels), notes);
    }

    private static double Review(double flagged, BudgetFigures figures)
    {
        // Shares are read back from JSON.
        const double Rounding = 1e-9;
        var kept = figures.Known.Where(known => known.Share <= flagged + Rounding).Select(known => known.Level).ToArray();
        if (kept.Length > 0)
            return kept.Min();
        var known = figures.Known.Count == 0 ? "none is known" : string.Join(", ", figures.Known.Select(k => string.Create(CultureInfo.InvariantCulture, $"{k.Share:0.0##%} at {k.Level:0.00}")));
        throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"no level is known to flag at most {flagged:0.0##%} of real streams ({known}); run integritygate eval with --suggest-levels --budget-flagged {flagged} and name its report in falseAlarms.figures"));
    }

    private static double Stamp(double labels, BudgetFigures figures, List<string> notes)
    {
        if (labels <= 0)
            return double.PositiveInfinity;
        if (figures.LabelsPerThousandHours is { } bound && bound <= labels)
            return figures.Counted;
        notes.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{labels} false labels in 1,000 stream-hours are not shown by the figures ({(figures.LabelsPerThousandHours is { } most ? string.Create(CultureInfo.InvariantCulture, $"they show no more than that there are at most {most:0.#}") : "no real clips were counted")}): the detector alone stamps nothing, and what it finds goes to review."));
        return double.PositiveInfinity;
    }
}
