using System.Diagnostics.Metrics;
using IntegrityGate.Core.Telemetry;

namespace IntegrityGate.Media.Decoding;

/// <summary>Instruments of the decode pool.</summary>
internal static class DecodeMetrics
{
    /// <summary>Requests taken in.</summary>
    public static Counter<long> Requests { get; } = GateTelemetry.Meter.CreateCounter<long>("integritygate.decode.requests", "{request}", "Pictures asked for.");

    /// <summary>Requests that gave no picture, by fault.</summary>
    public static Counter<long> Failures { get; } = GateTelemetry.Meter.CreateCounter<long>("integritygate.decode.failures", "{request}", "Requests without a picture, by fault.");

    /// <summary>Requests dropped on purpose, by cause.</summary>
    public static Counter<long> Dropped { get; } = GateTelemetry.Meter.CreateCounter<long>("integritygate.decode.dropped", "{request}", "Requests dropped while waiting, by cause.");

    /// <summary>Time from a worker's first byte to the whole picture.</summary>
    public static Histogram<double> Duration { get; } = GateTelemetry.Meter.CreateHistogram<double>("integritygate.decode.duration", "ms", "Time from the request's turn to the whole picture.");

    /// <summary>Workers alive.</summary>
    public static UpDownCounter<int> Workers { get; } = GateTelemetry.Meter.CreateUpDownCounter<int>("integritygate.decode.workers", "{worker}", "Decoder processes alive.");

    /// <summary>Workers replaced.</summary>
    public static Counter<long> Restarts { get; } = GateTelemetry.Meter.CreateCounter<long>("integritygate.decode.restarts", "{worker}", "Decoder processes replaced, by cause.");
}
