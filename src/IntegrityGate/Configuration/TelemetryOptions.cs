namespace IntegrityGate.Configuration;

/// <summary>OpenTelemetry.</summary>
/// <param name="Otlp">Collector endpoint; null sends nothing.</param>
/// <param name="TraceRatio">Share of inspected samples that are traced, 0..1.</param>
public sealed record TelemetryOptions(Uri? Otlp, double TraceRatio);
