using IntegrityGate.Configuration;
using IntegrityGate.Core.Telemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace IntegrityGate.Hosting;

/// <summary>OpenTelemetry: Prometheus always, OTLP when it is configured. Without a collector no trace is recorded and costs nothing.</summary>
internal static class TelemetrySetUp
{
    public static void AddGateTelemetry(this IServiceCollection services, TelemetryOptions options)
    {
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("integritygate", serviceVersion: Banner.Version))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(GateTelemetry.Name).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddPrometheusExporter();
                if (options.Otlp is { } collector)
                    metrics.AddOtlpExporter(otlp => otlp.Endpoint = collector);
            });
        if (options.Otlp is not { } endpoint)
            return;
        telemetry.WithTracing(traces => traces
            .AddSource(GateTelemetry.Name)
            .AddAspNetCoreInstrumentation(web => web.Filter = context => !context.Request.Path.StartsWithSegments("/health") && !context.Request.Path.Value!.EndsWith(".flv", StringComparison.Ordinal))
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.TraceRatio)))
            .AddOtlpExporter(otlp => otlp.Endpoint = endpoint));
    }
}
