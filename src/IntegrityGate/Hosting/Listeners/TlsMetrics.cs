using System.Diagnostics.Metrics;
using IntegrityGate.Core.Telemetry;

namespace IntegrityGate.Hosting.Listeners;

/// <summary>The instruments of certificates.</summary>
internal static class TlsMetrics
{
    /// <summary>Changed certificates, taken or refused.</summary>
    public static readonly Counter<long> Reloads = GateTelemetry.Meter.CreateCounter<long>(
        "integritygate.tls.reloads", "{certificate}", "Changed certificate files, taken or refused.");

    /// <summary>Seconds until a certificate expires.</summary>
    public static readonly Gauge<double> Expiry = GateTelemetry.Meter.CreateGauge<double>(
        "integritygate.tls.certificate_expiry", "s", "Time until a certificate expires, by its first name; negative when it has.");
}
