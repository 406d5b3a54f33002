using System.Net;
using System.Net.Sockets;
using IntegrityGate.Media.Transport;

namespace IntegrityGate.Media.Tests.Transport;

/// <summary>A connection on an event loop and a plain socket at its other end.</summary>
internal sealed class LoopPair : IAsyncDisposable
{
    private LoopPair(EventLoop loop, LoopConnection connection, Socket peer)
    {
        Loop = loop;
        Connection = connection;
        Peer = peer;
    }

    public static TimeSpan Patience => TimeSpan.FromSeconds(30);

    public EventLoop Loop { get; }

    public LoopConnection Connection { get; }

    public Socket Peer { get; }

    public static async Task<LoopPair> OpenAsync(EventLoop? on = null)
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var peer = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await peer.ConnectAsync(listener.LocalEndPoint!);
        var loop = on ?? new EventLoop("test", TimeSpan.Zero, new RecordingLogger());
        return new LoopPair(loop, LoopConnection.Attach(await listener.AcceptAsync(), loop), peer);
    }

    /// <summary>Sends all of it.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await Peer.SendAsync(bytes)..];
    }

    /// <summary>Receives exactly so many bytes.</summary>
    public async Task<byte[]> ReceiveAsync(int count)
    {
        var bytes = new byte[count];
        for (var at = 0; at < count;)
        {
            var got = await Peer.ReceiveAsync(bytes.AsMemory(at)).AsTask().WaitAsync(Patience);
            Assert.NotEqual(0, got);
            at += got;
        }

        return bytes;
    }

    public ValueTask DisposeAsync()
    {
        Connection.Abort();
        Peer.Dispose();
        Loop.Dispose();
        return ValueTask.CompletedTask;
    }
}
