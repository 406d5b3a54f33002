using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Transport;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.LoadHarness.Load;

/// <summary>Players of one stream that throw away what they get: as cheap as can be, so that the relay is what is measured.</summary>
internal sealed class Players(EventLoops loops) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _playing = [];
    private long _bytes;

    /// <summary>Payload bytes that all of them got since the last mark; over HTTP with the FLV tags around them.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Players that still play.</summary>
    public int Count => _playing.Count(task => !task.IsCompleted);

    /// <summary>Begins a new measurement.</summary>
    public void Mark() => Interlocked.Exchange(ref _bytes, 0);

    /// <summary>Connects them, one after the other.</summary>
    /// <param name="address">The stream: <c>rtmp://…/app/name</c> or <c>http://…/app/name.flv</c>.</param>
    /// <param name="count">How many.</param>
    /// <param name="ct">Cancels.</param>
    public async Task StartAsync(Uri address, int count, CancellationToken ct)
    {
        EventLoop.Home = loops.Least;
        for (var number = 0; number < count; number++)
            _playing.Add(address.Scheme == "rtmp" ? await PlayRtmpAsync(address, ct) : await PlayHttpAsync(address, ct));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_playing);
        _stop.Dispose();
    }

    private async Task<Task> PlayRtmpAsync(Uri address, CancellationToken ct)
    {
        var (app, name) = (address.Segments[1].TrimEnd('/'), address.Segments[2]);
        var target = RtmpTarget.Parse(string.Create(CultureInfo.InvariantCulture, $"rtmp://{address.Host}:{address.Port}/{app}"));
        var player = await RtmpClient.PlayAsync(
            target, new RtmpClientOptions { Key = new StreamKey(name) }, PacketPool.Shared, TimeProvider.System, NullLogger.Instance, ct);
        return ReadAsync(async token =>
        {
            await using (player)
            {
                while (await player.ReadAsync(token) is { } packet)
                {
                    Interlocked.Add(ref _bytes, packet.Payload.Length);
                    packet.Release();
                }
            }
        });
    }

    private async Task<Task> PlayHttpAsync(Uri address, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPEndPoint.Parse(address.Authority), ct);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {address.AbsolutePath} HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n"), ct);
        return ReadAsync(async token =>
        {
            using (socket)
            {
                var scratch = new byte[64 * 1024];
                while (await socket.ReceiveAsync(scratch.AsMemory(), token) is > 0 and var count)
                    Interlocked.Add(ref _bytes, count);
            }
        });
    }

    private async Task ReadAsync(Func<CancellationToken, Task> read)
    {
        try
        {
            await read(_stop.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // It was stopped, or thrown out, which the count of bytes tells.
        }
    }
}
