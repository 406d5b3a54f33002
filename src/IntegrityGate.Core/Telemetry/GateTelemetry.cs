using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace IntegrityGate.Core.Telemetry;

/// <summary>The one activity source and the one meter that every room uses; names of instruments start with <c>integritygate.</c>.</summary>
public static class GateTelemetry
{
    /// <summary>Name of the source and the meter.</summary>
    public const string Name = "IntegrityGate";

    /// <summary>Traces: one per inspected sample, one per publish.</summary>
    public static ActivitySource Activities { get; } = new(Name);

    /// <summary>Metrics.</summary>
    public static Meter Meter { get; } = new(Name);
}
