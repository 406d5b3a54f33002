using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Streams;

/// <summary>How evenly a publisher sends: what an operator looks at when a picture stutters. Written by the packet loop, read by scrapes.</summary>
internal sealed class StreamTiming(TimeProvider time)
{
    /// <summary>A sixteenth of each new deviation: RFC 3550 section 6.4.1.</summary>
    private const double Smoothing = 16;

    private long _arrived;
    private MediaTime? _video;
    private MediaTime? _audio;
    private MediaTime? _keyFrame;
    private int _frames;
    private double _jitter;

    /// <summary>Pictures of the last whole GOP; 0 before there was one.</summary>
    public int GopFrames { get; private set; }

    /// <summary>Media time between the last two key frames, ms; 0 before there were two.</summary>
    public long KeyFrameIntervalMs { get; private set; }

    /// <summary>How much pictures come earlier or later than their times say, ms, smoothed.</summary>
    public double JitterMs => Volatile.Read(ref _jitter);

    /// <summary>How far sound is ahead of the picture as they come, ms; negative when it is behind, 0 without both.</summary>
    public long AudioAheadMs { get; private set; }

    /// <summary>Sees a packet as it comes; borrows it.</summary>
    public void Add(MediaPacket packet)
    {
        if (packet.IsSequenceHeader || packet.Kind == MediaKind.Data)
            return;
        if (packet.Kind == MediaKind.Audio)
            _audio = packet.Dts;
        else
            AddPicture(packet);
        if (_audio is { } audio && _video is { } video)
            AudioAheadMs = audio.Milliseconds - video.Milliseconds;
    }

    /// <summary>The publisher is away: the pause is no jitter.</summary>
    public void Pause() => _arrived = 0;

    private void AddPicture(MediaPacket packet)
    {
        if (packet.IsKeyFrame)
        {
            if (_keyFrame is { } before)
                (GopFrames, KeyFrameIntervalMs) = (_frames, packet.Dts.Milliseconds - before.Milliseconds);
            _keyFrame = packet.Dts;
            _frames = 0;
        }

        _frames++;
        var now = time.GetTimestamp();
        if (_video is { } last && _arrived != 0)
        {
            var deviation = Math.Abs((time.GetElapsedTime(_arrived, now) - (packet.Dts - last)).TotalMilliseconds);
            Volatile.Write(ref _jitter, _jitter + ((deviation - _jitter) / Smoothing));
        }

        _arrived = now;
        _video = packet.Dts;
    }
}
