using System.Diagnostics;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Looking;

/// <summary>
/// Picks the moments to look at, as packets pass: a key frame when one comes in time (decoding one picture costs some 20
/// times less than decoding all), otherwise a frame between key frames, with the run that decodes it. When the next one falls
/// due, and whether it may be a key frame, is drawn by chance (<see cref="SamplePace"/>). Called by the packet
/// loop only; the packets of the current GOP are held within a byte budget, and they are the same ones that the GOP cache
/// holds.
/// </summary>
public sealed class Sampler(SampleMailbox mailbox, SamplePace pace, TimeProvider time, ActivityContext stream, long maxRunBytes = Sampler.DefaultMaxRunBytes)
    : IDisposable
{
    /// <summary>32 MiB: a ten-second GOP at 25 Mbps. A GOP beyond it is looked at by its key frames only.</summary>
    public const long DefaultMaxRunBytes = 32 << 20;

    /// <summary>Frames a run may hold: 20 s at 60 fps; beyond that decoding a run costs more than the look is worth.</summary>
    public const int MaxRunFrames = 1200;

    private readonly List<MediaPacket> _gop = [];
    private MediaPacket? _header;
    private long _gopBytes;
    private MediaTime? _lastLook;
    private MediaTime? _keyFrame;
    private TimeSpan? _gopLength;
    private (double Intervals, bool IsExact) _next = (1, false);
    private SceneWatch _scene;
    private bool _sceneChanged;

    /// <summary>Sees a packet pass; borrows it.</summary>
    public void See(MediaPacket packet)
    {
        if (packet.Kind != MediaKind.Video || packet.Traits.IsAside)
            return;
        if (packet.IsSequenceHeader)
        {
            packet.Retain();
            _header?.Release();
            _header = packet;
            Forget();
            return;
        }

        if (pace.Paused)
        {
            Forget(); // nobody looks: nothing is held, and looking begins again at a key frame
            (_keyFrame, _gopLength) = (null, null);
            return;
        }

        _sceneChanged |= _scene.See(packet.Payload.Length, packet.IsKeyFrame);
        if (packet.IsKeyFrame)
        {
            if (_keyFrame is { } previous)
                _gopLength = packet.Dts - previous;
            _keyFrame = packet.Dts;
            Forget();
        }
        else if (_gop.Count == 0)
        {
            return; // no key frame yet, or a run that grew too large
        }

        if (_gopBytes + packet.Payload.Length > maxRunBytes || _gop.Count >= MaxRunFrames)
        {
            Forget();
            return;
        }

        _gop.Add(packet.Retain());
        _gopBytes += packet.Payload.Length;
        if (_header is not null && IsDue(packet))
            Pick(packet.Dts);
    }

    /// <summary>Releases what is held.</summary>
    public void Dispose()
    {
        Forget();
        _header?.Release();
        _header = null;
    }

    private bool IsDue(MediaPacket packet)
    {
        if (_lastLook is not { } last || packet.Dts < last)
            return packet.IsKeyFrame;
        var interval = pace.Planned(pace.Interval) * _next.Intervals;
        // A change of scene is guessed, and a run costs as much as ten key frames: it brings forward no look but one at a key frame.
        if (_sceneChanged && packet.IsKeyFrame && pace.Timing.SceneInterval > TimeSpan.Zero && pace.Planned(pace.Timing.SceneInterval) is var soon && soon < interval)
            interval = soon;
        var due = last + interval;
        if (_next.IsExact)
            return packet.Dts >= due; // this once the frame itself: key frames alone could be published around
        if (packet.IsKeyFrame)
        {
            // Half an interval early is better than decoding a run later; but where the next key frame is nearer, it is waited for.
            var early = _gopLength is { } gop && gop < interval ? gop : interval;
            return packet.Dts >= due - (early / 2);
        }

        if (packet.Dts < due)
            return false;

        // Wait for a key frame that is expected soon enough; without a finished GOP nothing is expected.
        return _gopLength is not { } length || _keyFrame is not { } key || key + length < packet.Dts || key + length > due + (interval / 2);
    }

    private void Pick(MediaTime at)
    {
        _lastLook = at;
        _next = pace.Draw();
        _sceneChanged = false;
        mailbox.Put(new Sample(_header!, _gop, time.GetTimestamp(), stream));
    }

    private void Forget()
    {
        foreach (var packet in _gop)
            packet.Release();
        _gop.Clear();
        _gopBytes = 0;
    }
}
