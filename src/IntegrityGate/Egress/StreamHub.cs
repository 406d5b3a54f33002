using IntegrityGate.Core.Packets;

namespace IntegrityGate.Egress;

/// <summary>
/// One stream's outgoing packets for everybody who plays it from the gate: the newest headers, the newest GOP within a byte
/// budget, and a queue a player. Every player shares the same packets.
/// </summary>
public sealed class StreamHub(long gopCacheBytes, long queueBytes)
{
    private readonly Lock _gate = new();
    private readonly List<MediaPacket> _gop = [];
    private readonly StreamHeaders _headers = new();
    private PacketQueue[] _players = [];
    private long _gopBytes;
    private bool _ended;

    /// <summary>Players at this moment.</summary>
    public int Players => Volatile.Read(ref _players).Length;

    /// <summary>Payload bytes that wait for all players together.</summary>
    public long QueuedBytes => Volatile.Read(ref _players).Sum(player => player.Bytes);

    /// <summary>Gives a packet to every player; borrows it.</summary>
    public void Write(MediaPacket packet)
    {
        PacketQueue[] players;
        lock (_gate)
        {
            if (_ended)
                return;
            Remember(packet);
            players = _players;
        }

        foreach (var player in players)
        {
            if (player.Offer(packet) is var fate and (PacketFate.Behind or PacketFate.BeforeKeyFrame))
                GateMetrics.PlayerDrops.Add(1, GateMetrics.ReasonOf(fate));
        }
    }

    /// <summary>Adds a player: headers first, then the newest GOP, then what comes.</summary>
    /// <returns>Its queue, or null when the stream is over.</returns>
    public PacketQueue? Join()
    {
        lock (_gate)
        {
            if (_ended)
                return null;
            var queue = new PacketQueue(queueBytes, waitForKeyFrame: _gop.Count == 0 && _headers.HasVideo);
            foreach (var header in _headers.All)
                queue.Offer(header);
            foreach (var packet in _gop)
                queue.Offer(packet);
            _players = [.. _players, queue];
            return queue;
        }
    }

    /// <summary>Takes a player away.</summary>
    public void Leave(PacketQueue queue)
    {
        lock (_gate)
            _players = [.. _players.Where(p => p != queue)];
        queue.Clear();
    }

    /// <summary>The stream is over: players get what waits, then the end.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            foreach (var player in _players)
                player.Complete();
            ForgetGop();
            _headers.Clear();
        }
    }

    private void Remember(MediaPacket packet)
    {
        if (_headers.Remember(packet) || packet.Kind == MediaKind.Data)
            return;
        if (packet.IsKeyFrame)
            ForgetGop();
        else if (_gop.Count == 0)
            return; // a GOP that was too large, or audio before the first key frame

        if (_gopBytes + packet.Payload.Length > gopCacheBytes || _gop.Count >= PacketQueue.MaxPackets / 2)
        {
            ForgetGop();
            return;
        }

        _gop.Add(packet.Retain());
        _gopBytes += packet.Payload.Length;
    }

    private void ForgetGop()
    {
        foreach (var packet in _gop)
            packet.Release();
        _gop.Clear();
        _gopBytes = 0;
    }
}
