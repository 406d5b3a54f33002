namespace IntegrityGate.Configuration;

/// <summary>How often the detector alone may be wrong.</summary>
/// <param name="Flagged">Share of real streams that may ever be flagged for review, 0 to 1; null takes the model's own level.</param>
/// <param name="Labels">False labels in 1,000 stream-hours; null takes the model's own level, 0 never stamps on the detector's word alone.</param>
/// <param name="Figures">A report of <c>integritygate eval</c> (JSON) that the levels are taken from; empty takes the model's card.</param>
public sealed record FalseAlarmOptions(double? Flagged, double? Labels, string Figures)
{
    /// <summary>True when there is a budget.</summary>
    public bool IsSet => Flagged is not null || Labels is not null;
}
