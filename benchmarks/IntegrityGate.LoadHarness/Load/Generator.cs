using System.Collections.Concurrent;
using System.Diagnostics;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.LoadHarness.Clips;
using IntegrityGate.Media.Amf;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Transport;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.LoadHarness.Load;

/// <summary>Many publishers on one loop: each sends its packets when they are due, one write a packet.</summary>
internal sealed class Generator(ConcurrentDictionary<string, PublishedStream> streams, EventLoops loops) : IAsyncDisposable
{
    private const int ConnectionsPerSecond = 100; // under the 200 publishes a second that the gate allows by default

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30); // the load's own core may be full; that is told by its figures, not by an end

    private readonly CancellationTokenSource _stop = new();
    private readonly List<RtmpClient> _clients = [];
    private Task _loop = Task.CompletedTask;

    /// <summary>Connects all publishers, one after the other, their first key frames spread over a GOP.</summary>
    public async Task StartAsync(LoadRequest request, CancellationToken ct)
    {
        var clip = Clip.Read(request.Clip);
        var metadata = Declare(clip.Metadata, request.Aigc);
        var target = RtmpTarget.Parse(request.Target);
        _loop = Task.Run(RunAsync, ct);
        EventLoop.Home = loops.Least; // the publishers' connections are served there
        for (var number = 0; number < request.Streams; number++)
        {
            var started = Stopwatch.GetTimestamp();
            var name = request.NameOf(number);
            var stream = streams[name] = new PublishedStream(clip, PacketPool.Shared);
            var client = await RtmpClient.PublishAsync(
                target, new RtmpClientOptions { Key = new StreamKey(name), HandshakeTimeout = s_patience, CommandTimeout = s_patience }, PacketPool.Shared, TimeProvider.System, NullLogger.Instance, ct);
            _clients.Add(client);
            await stream.BeginAsync(client, metadata, TimeSpan.FromSeconds(ClipKind.GopSeconds * Fraction(number)), ct);
            if (request.Streams > 1 && TimeSpan.FromSeconds(1.0 / ConnectionsPerSecond) - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } rest)
                await Task.Delay(rest, ct);
        }
    }

    /// <summary>Throws what the loop threw.</summary>
    public void ThrowIfFailed()
    {
        if (_loop.IsFaulted)
            _loop.GetAwaiter().GetResult();
    }

    /// <summary>Ends all publishers.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAny(_loop); // what it threw was told by ThrowIfFailed
        await Parallel.ForEachAsync(_clients, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (client, _) => await client.DisposeAsync());
        streams.Clear();
        _stop.Dispose();
    }

    // The golden ratio spreads any number of points evenly; the first is at zero.
    private static double Fraction(int number) => number * 0.6180339887498949 % 1;

    private static byte[]? Declare(byte[]? metadata, string? aigc)
    {
        if (aigc is null)
            return metadata;
        return metadata is not null && OnMetaData.TryParse(metadata, out var parsed) ? parsed.WithProperty("AIGC", aigc) : OnMetaData.Create("AIGC", aigc);
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var now = Stopwatch.GetTimestamp();
            foreach (var (_, stream) in streams)
                stream.SendDue(now, _stop.Token);
            await Task.Delay(1, CancellationToken.None);
        }
    }
}
