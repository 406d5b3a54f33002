using System.Diagnostics;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Time;
using IntegrityGate.LoadHarness.Clips;
using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.LoadHarness.Load;

/// <summary>One stream from both ends: its publisher, and what came out of the relay at the sink.</summary>
internal sealed class PublishedStream(Clip clip, PacketPool pool)
{
    private const int Window = 8192; // numbers of packets whose send time is remembered: over a minute

    private readonly Lock _gate = new();
    private readonly long[] _sentAt = new long[Window];
    private readonly StreamTally _tally = new();
    private RtmpClient? _client;
    private long _startedAt;
    private long _number;
    private long _firstKeyFrameAt;
    private Task _sending = Task.CompletedTask;

    /// <summary>True once video came out of the relay.</summary>
    public bool IsFlowing { get; private set; }

    /// <summary>When and how the first altered video packet came; null until then.</summary>
    public SwitchRecord? Switch { get; private set; }

    /// <summary>How late the next packet is at this moment, ms; the generator itself is too slow when this grows.</summary>
    public double LatenessMilliseconds => _client is null ? 0 : Math.Max(0, Stopwatch.GetElapsedTime(DueAt).TotalMilliseconds);

    private long DueAt
    {
        get
        {
            var (loop, at) = Math.DivRem(_number, clip.Packets.Count);
            return _startedAt + (((loop * Clip.Milliseconds) + clip.Packets[(int)at].Milliseconds) * Stopwatch.Frequency / 1000);
        }
    }

    /// <summary>Greets the server with metadata and decoder configurations; the pictures begin after <paramref name="delay"/>.</summary>
    public async Task BeginAsync(RtmpClient client, byte[]? metadata, TimeSpan delay, CancellationToken ct)
    {
        if (metadata is not null)
            await SendAsync(client, MediaKind.Data, 0, metadata, new PacketTraits(MediaCodec.Script), ct);
        foreach (var header in clip.Headers)
            await SendAsync(client, header.Kind, 0, header.Payload, header.Traits, ct);
        await client.FlushAsync(ct);
        _startedAt = Stopwatch.GetTimestamp() + (long)(delay.TotalSeconds * Stopwatch.Frequency);
        _client = client;
    }

    /// <summary>Sends what is due; a stream whose relay does not keep up is passed over until it does.</summary>
    public void SendDue(long now, CancellationToken ct)
    {
        if (_client is not { } client || !_sending.IsCompleted || DueAt > now)
            return;
        if (_sending.IsFaulted)
            throw new InvalidOperationException($"A publisher failed: {_sending.Exception!.InnerException!.Message}", _sending.Exception);
        var sending = SendDueAsync(client, now, ct);
        _sending = sending.IsCompletedSuccessfully ? Task.CompletedTask : sending.AsTask();
    }

    /// <summary>Takes what the relay gave to the sink; borrows it.</summary>
    public void Receive(MediaPacket packet)
    {
        var now = Stopwatch.GetTimestamp();
        if (packet.Kind == MediaKind.Data || packet.IsSequenceHeader)
            return;
        lock (_gate)
        {
            IsFlowing |= packet.Kind == MediaKind.Video;
            if (!clip.TryLocate(packet.Kind, packet.Dts.Milliseconds, out var number) || number >= Volatile.Read(ref _number))
            {
                _tally.CountUnmatched();
                return;
            }

            var source = clip.Packets[(int)(number % clip.Packets.Count)];
            var isIntact = packet.Payload.Span.SequenceEqual(source.Payload);
            var sentAt = Volatile.Read(ref _sentAt[number % Window]);
            _tally.Count(isIntact, sentAt, now);
            if (!isIntact && packet.Kind == MediaKind.Video && Switch is null)
            {
                Switch = new SwitchRecord(
                    Stopwatch.GetElapsedTime(_firstKeyFrameAt, now).TotalMilliseconds,
                    (int)(packet.Dts.Milliseconds / (1000 * ClipKind.GopSeconds)),
                    Stopwatch.GetElapsedTime(sentAt, now).TotalMilliseconds);
            }
        }
    }

    /// <summary>Begins a new measurement.</summary>
    public void Mark()
    {
        lock (_gate)
            _tally.Clear();
    }

    /// <summary>Reads the measurement.</summary>
    public void Read(Action<StreamTally> read)
    {
        lock (_gate)
            read(_tally);
    }

    private async ValueTask SendDueAsync(RtmpClient client, long now, CancellationToken ct)
    {
        while (DueAt <= now)
        {
            var (loop, at) = Math.DivRem(_number, clip.Packets.Count);
            var source = clip.Packets[(int)at];
            var sentAt = Stopwatch.GetTimestamp();
            Volatile.Write(ref _sentAt[_number % Window], sentAt);
            if (source.IsKeyFrame && _firstKeyFrameAt == 0)
                _firstKeyFrameAt = sentAt;
            Volatile.Write(ref _number, _number + 1);
            lock (_gate)
                _tally.Sent++;
            await SendAsync(client, source.Kind, (loop * Clip.Milliseconds) + source.Milliseconds, source.Payload, source.Traits, ct);
            await client.FlushAsync(ct); // one packet, one write, as encoders do
        }
    }

    private async ValueTask SendAsync(RtmpClient client, MediaKind kind, long milliseconds, byte[] payload, PacketTraits traits, CancellationToken ct)
    {
        var packet = pool.Copy(kind, new MediaTime(milliseconds), payload, traits);
        try
        {
            await client.SendAsync(packet, ct);
        }
        finally
        {
            packet.Release();
        }
    }
}
