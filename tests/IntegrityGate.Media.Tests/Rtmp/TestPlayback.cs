using System.Threading.Channels;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>A player's queue that a test fills.</summary>
internal sealed class TestPlayback : IPlayback
{
    private readonly Channel<MediaPacket> _packets = Channel.CreateUnbounded<MediaPacket>();
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _taken;

    public int Taken => Volatile.Read(ref _taken);

    public Task Disposed => _disposed.Task.WaitAsync(TimeSpan.FromSeconds(20));

    public void Put(MediaPacket packet) => _packets.Writer.TryWrite(packet);

    public void Finish() => _packets.Writer.TryComplete();

    public async ValueTask<MediaPacket?> ReadAsync(CancellationToken ct)
    {
        while (await _packets.Reader.WaitToReadAsync(ct))
        {
            if (TryRead(out var packet))
                return packet;
        }

        return null;
    }

    public bool TryRead(out MediaPacket? packet)
    {
        if (!_packets.Reader.TryRead(out packet))
            return false;
        Interlocked.Increment(ref _taken);
        return true;
    }

    public ValueTask DisposeAsync()
    {
        Finish();
        while (_packets.Reader.TryRead(out var packet))
            packet.Release();
        _disposed.TrySetResult();
        return ValueTask.CompletedTask;
    }
}
