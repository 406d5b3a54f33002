using IntegrityGate.Detection.Models;

namespace IntegrityGate.Configuration;

/// <summary>Looking.</summary>
public sealed record InspectionOptions(
    bool Enabled,
    string ModelsFolder,
    string Detector,
    ModelVariant Variant,
    TimeSpan Interval,
    TimeSpan UndecidedInterval,
    TimeSpan TextInterval,
    int DecodeWorkers,
    TimeSpan DecodeTimeout,
    TimeSpan MaxUnseen);
