using IntegrityGate.Configuration;
using IntegrityGate.Media.Transport;
using Microsoft.AspNetCore.Connections;

namespace IntegrityGate.Hosting;

/// <summary>The event loops that serve plain RTMP, and their place in Kestrel beside its own sockets, which serve everything else.</summary>
internal static class EventLoopSetUp
{
    public static void AddEventLoops(this IServiceCollection services, LoopOptions options)
    {
        services.AddSingleton(provider => new EventLoops(
            options.Threads == 0 ? Environment.ProcessorCount : options.Threads,
            options.Gather,
            provider.GetRequiredService<ILogger<EventLoops>>()));
        if (EventLoop.IsSupported)
            services.AddSingleton<IConnectionListenerFactory, LoopTransport>(); // asked first, because it comes last
    }
}
