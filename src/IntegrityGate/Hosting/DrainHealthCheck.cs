using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace IntegrityGate.Hosting;

/// <summary>Ready means that publishers are taken: not before the RTMP ports are open, and not from the moment in which the gate is told to go.</summary>
internal sealed class DrainHealthCheck(RtmpHost rtmp, IHostApplicationLifetime lifetime) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var isGoing = lifetime.ApplicationStopping.IsCancellationRequested;
        return Task.FromResult(!isGoing && rtmp.IsOpen ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(isGoing ? "the gate shuts down" : "the gate starts"));
    }
}
