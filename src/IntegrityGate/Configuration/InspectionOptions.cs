using IntegrityGate.Detection;
using IntegrityGate.Detection.Models;
using IntegrityGate.Detection.Runtime;
using IntegrityGate.Enforcement.Judging.Replays;
using IntegrityGate.Looking.Scheduling;

namespace IntegrityGate.Configuration;

/// <summary>Looking.</summary>
public sealed record InspectionOptions(
    bool Enabled,
    string ModelsFolder,
    string Detector,
    ModelVariant Variant,
    CpuBudget Budget,
    TimeSpan Interval,
    TimeSpan UndecidedInterval,
    TimeSpan TextInterval,
    TimeSpan CalmInterval,
    TimeSpan CalmAfter,
    LookTiming Timing,
    ulong? Seed,
    int DecodeWorkers,
    TimeSpan DecodeTimeout,
    TimeSpan MaxUnseen,
    ReplayOptions Replays,
    AudioOptions Audio)
{
    /// <summary>Whether clean streams' frames are scored by the model's sentinel first.</summary>
    public CascadeOptions Cascade { get; init; } = new();

    /// <summary>What the networks run on.</summary>
    public ExecutionProvider Provider { get; init; }

    /// <summary>How often the models folder is looked at; zero for never.</summary>
    public TimeSpan ModelsReload { get; init; }
}
