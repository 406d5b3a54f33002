namespace IntegrityGate.Core.Evidence;

/// <summary>A detector's two levels for the mean score over a stream's independent frames (<c>levels</c> in its model.json).</summary>
/// <param name="Review">At or above: a reviewer should look; the picture is not changed.</param>
/// <param name="Stamp">At or above: sure enough to stamp without a reviewer.</param>
public readonly record struct DetectorLevels(double Review, double Stamp);
