using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using ListenOptions = Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions;

namespace IntegrityGate.Hosting;

/// <summary>
/// Keeps the page off the feed's port and the feed off the page's: an operator who opens one of them has not opened the
/// other. Connections are marked with the listener they came in by.
/// </summary>
internal static class ListenerSide
{
    private const string Key = "integritygate.listener";

    public static void MarkAs(this ListenOptions listener, string side) =>
        listener.Use(next => connection =>
        {
            connection.Items[Key] = side;
            return next(connection);
        });

    public static void UseListenerSides(this IApplicationBuilder app) =>
        app.Use((context, next) =>
        {
            var side = context.Features.Get<IConnectionItemsFeature>()?.Items.TryGetValue(Key, out var value) == true ? value as string : null;
            var wanted = context.GetEndpoint()?.Metadata.GetMetadata<ListenerName>()?.Name;
            if (wanted is null || wanted == side)
                return next(context);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });

    public static TBuilder OnListener<TBuilder>(this TBuilder endpoints, string side)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new ListenerName(side));

    private sealed record ListenerName(string Name);
}
