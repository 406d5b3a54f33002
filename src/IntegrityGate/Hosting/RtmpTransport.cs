using System.Net;
using Microsoft.AspNetCore.Connections;

namespace IntegrityGate.Hosting;

/// <summary>The transports that are registered, as one: each address goes to the last that takes it, as Kestrel does for its own ports.</summary>
internal sealed class RtmpTransport(IEnumerable<IConnectionListenerFactory> transports) : IConnectionListenerFactory
{
    private readonly IConnectionListenerFactory[] _transports = [.. transports.Reverse()];

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        _transports.First(transport => transport is not IConnectionListenerFactorySelector choosy || choosy.CanBind(endpoint)).BindAsync(endpoint, cancellationToken);
}
