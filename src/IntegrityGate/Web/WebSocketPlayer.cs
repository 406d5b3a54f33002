using System.IO.Pipelines;
using System.Net.WebSockets;

namespace IntegrityGate.Web;

/// <summary>
/// One player on a WebSocket: what is written to it goes out as binary messages, of any cut (mpegts.js joins them). What the
/// player sends is read and dropped until its close frame, which ends the play.
/// </summary>
internal sealed class WebSocketPlayer : IDisposable
{
    /// <summary>
    /// A player that answers no ping for two minutes is cut: a slow one has its pong behind some megabytes of socket buffers,
    /// a dead one must not hold its queue for the length of the stream.
    /// </summary>
    public static readonly WebSocketOptions Options = new() { KeepAliveInterval = TimeSpan.FromSeconds(30), KeepAliveTimeout = TimeSpan.FromMinutes(2) };

    /// <summary>How long the other side may take to answer our close frame (RFC 6455 7.1.1 leaves it open); then the connection is cut.</summary>
    private static readonly TimeSpan s_closeLimit = TimeSpan.FromSeconds(5);

    private readonly WebSocket _socket;
    private readonly TimeProvider _time;

    public WebSocketPlayer(WebSocket socket, TimeProvider time)
    {
        _socket = socket;
        _time = time;
    }

    /// <summary>Runs a copy to the socket until the stream ends or the player leaves, then closes as RFC 6455 7 asks.</summary>
    /// <param name="copyAsync">Writes the stream; ends when it is over, or by the token when the player left.</param>
    /// <param name="aborted">The connection is gone.</param>
    public async Task PlayAsync(Func<PipeWriter, CancellationToken, Task> copyAsync, CancellationToken aborted)
    {
        using var left = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        var reading = ReadUntilCloseAsync(left);
        // Each buffer of the pipe is one write, and each write is one message.
        var output = PipeWriter.Create(WebSocketStream.Create(_socket, WebSocketMessageType.Binary), new StreamPipeWriterOptions(minimumBufferSize: 64 << 10));
        try
        {
            await copyAsync(output, left.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or IOException)
        {
            // The player left, or takes nothing.
        }

        using var limit = new CancellationTokenSource(s_closeLimit, _time);
        await using var cut = limit.Token.Register(left.Cancel);
        await CloseAsync(limit.Token);
        await reading;
    }

    public void Dispose() => _socket.Dispose();

    private async Task ReadUntilCloseAsync(CancellationTokenSource left)
    {
        var scratch = new byte[512];
        try
        {
            while ((await _socket.ReceiveAsync(scratch.AsMemory(), left.Token)).MessageType != WebSocketMessageType.Close)
            {
                // Nothing that a player says changes anything.
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or IOException)
        {
            // The connection broke, or the play is over.
        }

        await left.CancelAsync();
    }

    private async Task CloseAsync(CancellationToken limit)
    {
        if (_socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
            return;
        try
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or IOException)
        {
            _socket.Abort();
        }
    }
}
