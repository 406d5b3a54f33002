using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace IntegrityGate.Hosting;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it takes streams and can journal; not while it shuts down.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        endpoints.MapHealthChecks("/health/ready");
    }
}
