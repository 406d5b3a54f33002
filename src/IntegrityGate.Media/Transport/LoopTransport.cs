using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace IntegrityGate.Media.Transport;

/// <summary>
/// Brings event loops into Kestrel, for addresses given as <see cref="LoopEndPoint"/> (elsewhere than on Linux Kestrel's own sockets serve these
/// too). Register it as an <see cref="IConnectionListenerFactory"/>.
/// </summary>
public sealed class LoopTransport(EventLoops loops, IOptions<SocketTransportOptions> options) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) => endpoint is LoopEndPoint && EventLoop.IsSupported;

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = options.Value.CreateBoundListenSocket(endpoint);
        socket.Listen(options.Value.Backlog);
        return ValueTask.FromResult<IConnectionListener>(new LoopListener(socket, loops));
    }
}
