using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace IntegrityGate.Media.Transport;

/// <summary>Accepts connections and gives each to the loop with the fewest.</summary>
internal sealed class LoopListener(Socket socket, EventLoops loops) : IConnectionListener
{
    // No descriptor is free: trying again at once would take a core until one is.
    private static readonly TimeSpan s_fullWait = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public EndPoint EndPoint { get; } = socket.LocalEndPoint!;

    /// <inheritdoc/>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Socket? accepted = null;
            try
            {
                accepted = await socket.AcceptAsync(cancellationToken).ConfigureAwait(false);
                accepted.NoDelay = true; // a packet goes out when it is due, not when the next one comes
                return LoopConnection.Attach(accepted, loops.Least);
            }
            catch (ObjectDisposedException)
            {
                accepted?.Dispose();
                return null; // unbound, or the loops have ended
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.OperationAborted)
            {
                return null;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.TooManyOpenSockets)
            {
                await Task.Delay(s_fullWait, cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException)
            {
                accepted?.Dispose(); // the peer went before it was accepted
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => UnbindAsync();
}
