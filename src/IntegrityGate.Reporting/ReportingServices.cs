using IntegrityGate.Core.Incidents;
using IntegrityGate.Reporting.Audit;
using IntegrityGate.Reporting.Declarations;
using IntegrityGate.Reporting.Grpc;
using IntegrityGate.Reporting.Journal;
using IntegrityGate.Reporting.Streams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace IntegrityGate.Reporting;

/// <summary>Puts the journal and the feed into a program.</summary>
public static class ReportingServices
{
    /// <summary>
    /// Adds the journal (<see cref="SqliteJournal"/>, also as <see cref="IIncidentSink"/>), <see cref="AuditLog"/>,
    /// <see cref="DeclarationBook"/>, retention and what the feed needs. The program adds an <see cref="IStreamDirectory"/>.
    /// The journal is opened when the host starts, and a <see cref="JournalException"/> then ends the start.
    /// </summary>
    /// <exception cref="ArgumentException">The options are wrong; the message has every error.</exception>
    public static IServiceCollection AddIntegrityGateReporting(this IServiceCollection services, ReportingOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate("reporting") is { Count: > 0 } errors)
            throw new ArgumentException(string.Join("; ", errors), nameof(options));

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(provider => SqliteJournal.Open(
            options.Journal, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SqliteJournal>>()));
        services.AddSingleton<IIncidentSink>(provider => provider.GetRequiredService<SqliteJournal>());
        services.AddSingleton<AuditLog>();
        services.AddSingleton(provider => new DeclarationBook(
            provider.GetRequiredService<SqliteJournal>(), provider.GetRequiredService<TimeProvider>(), options.Limits.MaxDeclarationsPerStream));
        services.AddSingleton(new FeedSlots(options.Limits));
        services.AddSingleton<JournalFaultInterceptor>();
        services.AddHostedService<RetentionService>();

        services.AddGrpc()
            .AddService<ViolationFeedService>(options)
            .AddService<DeclarationsService>(options)
            .AddService<ReviewsService>(options)
            .AddService<StreamsService>(options);
        return services;
    }

    /// <summary>Maps the four services of <c>integritygate.v1</c>. They need HTTP/2.</summary>
    public static IEndpointRouteBuilder MapIntegrityGateFeed(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.MapGrpcService<ViolationFeedService>();
        endpoints.MapGrpcService<DeclarationsService>();
        endpoints.MapGrpcService<ReviewsService>();
        endpoints.MapGrpcService<StreamsService>();
        return endpoints;
    }

    private static global::Grpc.AspNetCore.Server.IGrpcServerBuilder AddService<T>(
        this global::Grpc.AspNetCore.Server.IGrpcServerBuilder builder,
        ReportingOptions options)
        where T : class =>
        builder.AddServiceOptions<T>(service =>
        {
            service.MaxReceiveMessageSize = options.Limits.MaxRequestBytes;
            service.Interceptors.Add<JournalFaultInterceptor>();
        });
}
