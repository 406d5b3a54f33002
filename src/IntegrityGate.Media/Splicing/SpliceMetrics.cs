using System.Diagnostics.Metrics;
using IntegrityGate.Core.Telemetry;

namespace IntegrityGate.Media.Splicing;

/// <summary>Instruments of the splicers of all streams.</summary>
internal static class SpliceMetrics
{
    /// <summary>Delay of the first packet after a switch, by direction (in, out).</summary>
    public static Histogram<double> SwitchDelay { get; } = GateTelemetry.Meter.CreateHistogram<double>("integritygate.splice.switch.delay", "ms", "Added delay of the first video packet after a switch, by direction.");

    /// <summary>Streams by state.</summary>
    public static UpDownCounter<int> States { get; } = GateTelemetry.Meter.CreateUpDownCounter<int>("integritygate.splice.state", "{stream}", "Streams by splice state.");

    /// <summary>Segments started.</summary>
    public static Counter<long> Segments { get; } = GateTelemetry.Meter.CreateCounter<long>("integritygate.splice.segments", "{segment}", "Re-encoded segments started.");

    /// <summary>Stamped pictures sent.</summary>
    public static Counter<long> Stamped { get; } = GateTelemetry.Meter.CreateCounter<long>("integritygate.splice.frames.stamped", "{frame}", "Pictures sent with the label.");

    /// <summary>Pictures that came back wrong: missing, extra, given up, nudged.</summary>
    public static Counter<long> Irregular { get; } = GateTelemetry.Meter.CreateCounter<long>("integritygate.splice.frames.irregular", "{frame}", "Pictures lost, extra, or nudged in time, by kind.");

    /// <summary>Encoders started to finish a GOP that another one left half done.</summary>
    public static Counter<long> Restarts { get; } = GateTelemetry.Meter.CreateCounter<long>("integritygate.splice.encoder.restarts", "{process}", "Encoders started to finish a GOP whose encoder failed.");

    /// <summary>Encoders that crashed, hung or fell behind.</summary>
    public static Counter<long> Failures { get; } = GateTelemetry.Meter.CreateCounter<long>("integritygate.splice.encoder.failures", "{process}", "Encoders that crashed, hung or fell behind.");

    /// <summary>Bytes held back.</summary>
    public static UpDownCounter<long> Held { get; } = GateTelemetry.Meter.CreateUpDownCounter<long>("integritygate.splice.held", "By", "Bytes held back by running switches and segments.");
}
