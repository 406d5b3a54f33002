using IntegrityGate.Reporting.Journal;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace IntegrityGate.Hosting;

/// <summary>Ready means that incidents can be written.</summary>
internal sealed class JournalHealthCheck(SqliteJournal journal) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(journal.Health is { IsHealthy: false } health ? HealthCheckResult.Unhealthy(health.Reason) : HealthCheckResult.Healthy());
}
