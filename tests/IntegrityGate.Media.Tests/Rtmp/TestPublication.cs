using System.Threading.Channels;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>Keeps copies of all packets, and how it ended.</summary>
internal sealed class TestPublication(int capacity = 100_000) : IPublication, IDisposable
{
    private readonly Channel<Received> _packets = Channel.CreateBounded<Received>(capacity);
    private readonly TaskCompletionSource<(GateFault Fault, string Reason)> _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ending = new();
    private int _completions;
    private int _offered;

    public CancellationToken Ending => _ending.Token;

    public PublicationEnd? End { get; private set; }

    /// <summary>Packets that came so far, the one that waits for room included.</summary>
    public int Offered => Volatile.Read(ref _offered);

    public int Completions => Volatile.Read(ref _completions);

    public Task<(GateFault Fault, string Reason)> Completed => _completed.Task.WaitAsync(TimeSpan.FromSeconds(20));

    public async ValueTask WriteAsync(MediaPacket packet, CancellationToken ct)
    {
        Interlocked.Increment(ref _offered);
        try
        {
            await _packets.Writer.WriteAsync(new Received(packet.Kind, packet.Dts.Milliseconds, packet.Payload.ToArray(), packet.Traits), ct);
        }
        finally
        {
            packet.Release();
        }
    }

    public ValueTask CompleteAsync(GateFault fault, string reason)
    {
        Interlocked.Increment(ref _completions);
        _packets.Writer.TryComplete();
        _completed.TrySetResult((fault, reason));
        return ValueTask.CompletedTask;
    }

    public async Task<Received> NextAsync() =>
        await _packets.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    public async Task<List<Received>> RestAsync()
    {
        await Completed;
        var all = new List<Received>();
        while (_packets.Reader.TryRead(out var packet))
            all.Add(packet);
        return all;
    }

    public void EndNow(PublicationEnd end)
    {
        End = end;
        _ending.Cancel();
    }

    public void Dispose() => _ending.Dispose();

    internal sealed record Received(MediaKind Kind, long Dts, byte[] Payload, PacketTraits Traits);
}
