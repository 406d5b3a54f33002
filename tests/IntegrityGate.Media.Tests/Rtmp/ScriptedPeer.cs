using System.Buffers;
using System.Net;
using System.Net.Sockets;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Amf;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Rtmp.Chunks;
using IntegrityGate.Media.Rtmp.Handshakes;

namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>An encoder or player that sends exactly the bytes a test wants and shows what comes back. Also the server's side of that.</summary>
internal sealed class ScriptedPeer : IDisposable
{
    private readonly Socket _socket;
    private readonly ChunkReader _reader = new(new PacketPool(), new IngestLimits(), TimeProvider.System) { AcceptMedia = true };
    private readonly ChunkWriter _writer = new();
    private byte[] _pending = [];

    public ScriptedPeer(Socket socket) => _socket = socket;

    public static TimeSpan Patience => TimeSpan.FromSeconds(20);

    public static async Task<ScriptedPeer> ConnectAsync(int port, IPAddress? address = null)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address ?? IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        return new ScriptedPeer(socket);
    }

    /// <summary>Connects and waits to be cut, which can be before the connect call even returns.</summary>
    public static async Task BeTurnedAwayAsync(int port)
    {
        try
        {
            using var peer = await ConnectAsync(port);
            Assert.Null(await peer.ReadAsync());
        }
        catch (SocketException)
        {
            // Turned away at once.
        }
    }

    /// <summary>Connects, sends what a proxy puts before it, shakes hands and sends connect.</summary>
    public static async Task<ScriptedPeer> OpenAsync(int port, AmfObject? properties = null, byte[]? preface = null, IPAddress? address = null)
    {
        var peer = await ConnectAsync(port, address);
        await peer.SendAsync(preface);
        await peer.ShakeHandsAsync();
        await peer.CommandAsync("connect", 1, properties ?? new AmfObject { { "app", "live" }, { "tcUrl", "rtmp://h/live" }, { "flashVer", "Script/1" } });
        await peer.UntilAsync("_result");
        return peer;
    }

    /// <summary>Opens and publishes.</summary>
    public static async Task<ScriptedPeer> PublishAsync(
        int port, string key = "key", AmfObject? properties = null, byte[]? preface = null, IPAddress? address = null)
    {
        var peer = await OpenAsync(port, properties, preface, address);
        await peer.CommandAsync("createStream", 2, AmfNull.Value);
        await peer.UntilAsync("_result");
        await peer.CommandAsync("publish", 3, 1, AmfNull.Value, key, "live");
        Assert.Equal(RtmpStatus.PublishStart, (await peer.UntilAsync("onStatus")).Code);
        return peer;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await _socket.SendAsync(bytes, TestContext.Current.CancellationToken)..];
    }

    public async Task ShakeHandsAsync(HandshakeScheme scheme = HandshakeScheme.Simple)
    {
        var hello = new byte[1537];
        Handshake.Hello(0, hello, scheme);
        await SendAsync(hello);
        await TakeAsync(3073);
        await SendAsync(new byte[1536]); // not an echo of anything: nobody may look at it
    }

    public Task CommandAsync(string name, double transaction, params AmfValue[] values) => CommandAsync(name, transaction, 0, values);

    public Task CommandAsync(string name, double transaction, uint stream, params AmfValue[] values) =>
        MessageAsync(MessageType.CommandAmf0, stream, 0, Wire.Amf([name, transaction, .. values]));

    public Task MessageAsync(MessageType type, uint stream, long time, byte[] body)
    {
        var output = new ArrayBufferWriter<byte>();
        _writer.Write(output, type switch { MessageType.Audio => 4, MessageType.Video => 6, _ => 3 }, type, stream, time, body);
        return SendAsync(output.WrittenMemory);
    }

    public async Task<byte[]> TakeAsync(int count)
    {
        while (_pending.Length < count)
            Assert.True(await FillAsync(), $"closed after {_pending.Length} of {count} bytes");
        var taken = _pending[..count];
        _pending = _pending[count..];
        return taken;
    }

    /// <summary>The next message, or null when the other side closed.</summary>
    public async Task<ReadBack.Message?> ReadAsync()
    {
        while (true)
        {
            var sequence = new ReadOnlySequence<byte>(_pending);
            var status = _reader.Read(ref sequence, out var message);
            Assert.NotEqual(ChunkReadStatus.Malformed, status);
            _pending = sequence.ToArray();
            if (status == ChunkReadStatus.Ok)
            {
                var body = message.Body?.Payload.ToArray() ?? [];
                message.Body?.Release();
                return new ReadBack.Message(message.Type, message.StreamId, message.Body?.Dts.Milliseconds ?? 0, body);
            }

            if (!await FillAsync())
                return null;
        }
    }

    /// <summary>The next command, or null when the other side closed.</summary>
    public async Task<Command?> ReadCommandAsync()
    {
        while (await ReadAsync() is { } message)
        {
            if (message.Type != MessageType.CommandAmf0)
                continue;
            var reader = new Amf0Reader(message.Body, AmfLimits.Default);
            var values = new List<AmfValue>();
            while (reader.Read(out var value) == AmfReadStatus.Ok)
                values.Add(value);
            return new Command(((AmfString)values[0]).Value, ((AmfNumber)values[1]).Value, message.StreamId, values[2..]);
        }

        return null;
    }

    /// <summary>Reads up to a command by that name.</summary>
    public async Task<Command> UntilAsync(string name)
    {
        while (await ReadCommandAsync() is { } command)
        {
            if (command.Name == name)
                return command;
        }

        throw new InvalidOperationException($"closed before {name}");
    }

    /// <summary>Reads up to a message of that type.</summary>
    public async Task<ReadBack.Message> UntilAsync(MessageType type)
    {
        while (await ReadAsync() is { } message)
        {
            if (message.Type == type)
                return message;
        }

        throw new InvalidOperationException($"closed before {type}");
    }

    /// <summary>Reads everything up to the end; the commands that came.</summary>
    public async Task<List<Command>> ToEndAsync()
    {
        var commands = new List<Command>();
        while (await ReadCommandAsync() is { } command)
            commands.Add(command);
        return commands;
    }

    /// <summary>Reads up to the end, whatever comes.</summary>
    public async Task DrainAsync()
    {
        while (await FillAsync())
            _pending = [];
    }

    public void Dispose()
    {
        _socket.Dispose();
        _reader.Dispose();
    }

    private async Task<bool> FillAsync()
    {
        var buffer = new byte[64 * 1024];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var count = await _socket.ReceiveAsync(buffer, limit.Token);
            _pending = [.. _pending, .. buffer.AsSpan(0, count)];
            return count > 0;
        }
        catch (SocketException)
        {
            return false; // reset: closed, if not nicely
        }
    }

    internal sealed record Command(string Name, double Transaction, uint Stream, IReadOnlyList<AmfValue> Values)
    {
        public AmfObject Information => (AmfObject)Values[^1];

        public string? Code => Information.Text("code");
    }
}
