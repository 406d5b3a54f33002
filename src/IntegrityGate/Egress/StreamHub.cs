using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Amf;

namespace IntegrityGate.Egress;

/// <summary>
/// One stream's outgoing packets for everybody who plays it from the gate: the newest headers, the newest GOP within a byte
/// budget, and a queue a player. Every player shares the same packets.
/// </summary>
public sealed class StreamHub(long gopCacheBytes, long queueBytes)
{
    private readonly Lock _gate = new();
    private readonly List<MediaPacket> _gop = [];
    private PacketQueue[] _players = [];
    private MediaPacket? _metadata;
    private MediaPacket? _videoHeader;
    private MediaPacket? _audioHeader;
    private long _gopBytes;
    private bool _ended;

    /// <summary>Players at this moment.</summary>
    public int Players => Volatile.Read(ref _players).Length;

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
            player.Offer(packet);
    }

    /// <summary>Adds a player: headers first, then the newest GOP, then what comes.</summary>
    /// <returns>Its queue, or null when the stream is over.</returns>
    public PacketQueue? Join()
    {
        lock (_gate)
        {
            if (_ended)
                return null;
            var queue = new PacketQueue(queueBytes, waitForKeyFrame: _gop.Count == 0 && _videoHeader is not null);
            foreach (var header in (ReadOnlySpan<MediaPacket?>)[_metadata, _videoHeader, _audioHeader])
            {
                if (header is not null)
                    queue.Offer(header);
            }

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
            Replace(ref _metadata, null);
            Replace(ref _videoHeader, null);
            Replace(ref _audioHeader, null);
        }
    }

    private void Remember(MediaPacket packet)
    {
        if (packet.Kind == MediaKind.Data)
        {
            if (OnMetaData.IsMatch(packet.Payload.Span))
                Replace(ref _metadata, packet);
            return;
        }

        if (packet.IsSequenceHeader)
        {
            if (packet.Kind == MediaKind.Audio)
                Replace(ref _audioHeader, packet);
            else
                Replace(ref _videoHeader, packet);
            return;
        }

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

    private static void Replace(ref MediaPacket? slot, MediaPacket? packet)
    {
        packet?.Retain();
        slot?.Release();
        slot = packet;
    }
}
