using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace IntegrityGate.Hosting;

/// <summary>Not ready from the moment in which the gate is told to go.</summary>
internal sealed class DrainHealthCheck(IHostApplicationLifetime lifetime) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("the gate shuts down") : HealthCheckResult.Healthy());
}
