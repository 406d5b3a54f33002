using System.Diagnostics.Metrics;
using IntegrityGate.Core.Telemetry;

namespace IntegrityGate.Looking.Scheduling;

/// <summary>Instruments of the scheduler.</summary>
internal static class ScheduleMetrics
{
    private static readonly Meter s_meter = GateTelemetry.Meter;

    /// <summary>What looks cost.</summary>
    public static readonly Counter<double> Cpu = s_meter.CreateCounter<double>("integritygate.schedule.cpu", "ms", "CPU time that looks took, by stage: decode (busy time of the worker), synthetic, text, print, audio (decoding and listening).");

    /// <summary>What the streams would take.</summary>
    public static readonly Gauge<double> Asked = s_meter.CreateGauge<double>("integritygate.schedule.asked", "{core}", "Cores that all streams would take at the intervals their risk calls for.");

    /// <summary>What they take.</summary>
    public static readonly Gauge<double> Used = s_meter.CreateGauge<double>("integritygate.schedule.used", "{core}", "Cores that looks took since the plan before.");

    /// <summary>The budget.</summary>
    public static readonly Gauge<double> Budget = s_meter.CreateGauge<double>("integritygate.schedule.budget", "{core}", "Cores that looks may take (inspection.budget); 0 is no limit.");

    /// <summary>The stretch.</summary>
    public static readonly Gauge<double> Stretch = s_meter.CreateGauge<double>("integritygate.schedule.stretch", "1", "Factor by which all intervals between looks are stretched to fit the budget; 1 is none.");

    /// <summary>The alert.</summary>
    public static readonly Gauge<int> Overloaded = s_meter.CreateGauge<int>(
        "integritygate.schedule.overloaded", "{state}", "1 while the budget cannot show every stream within inspection.maxUnseen: streams go unseen, and inspection.gap says so.");

    /// <summary>Streams that are due.</summary>
    public static readonly Gauge<int> Due = s_meter.CreateGauge<int>("integritygate.schedule.due", "{stream}", "Streams whose sample waits for its turn.");

    /// <summary>Streams that are late.</summary>
    public static readonly Gauge<int> Late = s_meter.CreateGauge<int>("integritygate.schedule.late", "{stream}", "Streams whose sample waits and whose last look is over one and a half planned intervals ago.");

    /// <summary>Streams past the floor.</summary>
    public static readonly Gauge<int> Unseen = s_meter.CreateGauge<int>("integritygate.schedule.unseen", "{stream}", "Streams whose sample waits and whose last look is over inspection.maxUnseen ago.");
}
