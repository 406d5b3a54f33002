namespace IntegrityGate.Evaluating;

/// <summary>How much false alarm is accepted.</summary>
/// <param name="Flagged">Share of real streams that may ever be flagged for review, 0 to 1.</param>
/// <param name="LabelsPerThousandHours">False labels accepted in 1,000 hours of real streams.</param>
internal sealed record LevelBudget(double Flagged, double LabelsPerThousandHours);
