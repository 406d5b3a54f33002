using System.Diagnostics.Metrics;
using IntegrityGate.Core.Telemetry;

namespace IntegrityGate.Access;

/// <summary>Instruments of the guards.</summary>
internal static class AccessMetrics
{
    /// <summary>Answers by guard.</summary>
    public static readonly Counter<long> Answers = GateTelemetry.Meter.CreateCounter<long>(
        "integritygate.access.answers", "{publish}", "Answers of the publish guards, by guard and outcome (allow, refuse).");

    /// <summary>Hook calls without an answer.</summary>
    public static readonly Counter<long> HookFailures = GateTelemetry.Meter.CreateCounter<long>(
        "integritygate.access.hook_failures", "{publish}", "Publishes for which the hook gave no answer, by what was done instead (allow, refuse).");

    /// <summary>Time that publishers wait.</summary>
    public static readonly Histogram<double> Duration = GateTelemetry.Meter.CreateHistogram<double>(
        "integritygate.access.duration", "ms", "Time that a guard took to answer, by guard.");
}
