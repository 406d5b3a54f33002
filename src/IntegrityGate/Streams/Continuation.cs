using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Time;
using IntegrityGate.Egress;

namespace IntegrityGate.Streams;

/// <summary>
/// Joins the turns of one publisher after another into one stream. A later turn begins one frame after the last packet of the one
/// before, whatever its own clock says and however long the pause was: receivers see a picture that stood, never a hole in the
/// timeline, which players stall at. It starts at a key frame, and a decoder configuration that is the old one is not sent again.
/// Called by the packet loop only.
/// </summary>
internal sealed class Continuation : IDisposable
{
    /// <summary>Frame intervals are taken from the stream between these bounds; 33 ms where it has shown none.</summary>
    private static readonly TimeSpan s_leastInterval = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_mostInterval = TimeSpan.FromSeconds(1);

    /// <summary>Sound takes its length from its samples: an interval that was rounded down would have two blocks overlap.</summary>
    private static readonly TimeSpan s_rounding = TimeSpan.FromMilliseconds(1);

    /// <summary>1 s, as where pictures are switched: a clock that goes back further has started anew; less is disorder.</summary>
    private static readonly TimeSpan s_clockRestart = TimeSpan.FromSeconds(1);

    private readonly StreamHeaders _headers = new();
    private MediaTime? _video;
    private MediaTime? _shown;
    private MediaTime? _audio;
    private TimeSpan _videoInterval = TimeSpan.FromMilliseconds(33);
    private TimeSpan _audioInterval = TimeSpan.FromMilliseconds(23);
    private long _offset;
    private MediaTime? _floor; // none in the first turn, which keeps its own times
    private bool _isJoining;
    private bool _needsKeyFrame;
    private bool _needsAudio;

    /// <summary>
    /// The earliest time for what comes next: after the last packet of each kind, and after the last picture's showing, since the next
    /// encoder may reorder less and a first picture must not be shown too early; null before the first packet.
    /// </summary>
    public MediaTime? Next
    {
        get
        {
            var next = _floor;
            if (_video + _videoInterval is { } video && !(next >= video))
                next = video;
            if (_shown + _videoInterval is { } shown && !(next >= shown))
                next = shown;
            if (_audio + _audioInterval + s_rounding is { } audio && !(next >= audio))
                next = audio;
            return next;
        }
    }

    /// <summary>The publisher is gone: the next packet begins another turn.</summary>
    public void Pause()
    {
        _floor = Next;
        _isJoining = _floor is not null;
        _needsKeyFrame = _headers.HasVideo;
        _needsAudio = true;
    }

    /// <summary>Gives a packet its place in the stream.</summary>
    /// <param name="packet">The packet, held by the caller alone.</param>
    /// <returns>False when it has none and was released.</returns>
    public bool TryPass(MediaPacket packet)
    {
        if (packet.IsSequenceHeader || packet.Kind == MediaKind.Data || packet.Traits.IsAside)
            return TryPassAside(packet);
        if (packet.Kind == MediaKind.Video && _needsKeyFrame && !packet.IsKeyFrame)
        {
            packet.Release(); // its references were never sent
            return false;
        }

        if (_isJoining || HasRestarted(packet))
            Join(packet);
        Place(packet);
        if (packet.Kind == MediaKind.Video)
        {
            _needsKeyFrame = false;
            Measure(ref _video, ref _videoInterval, packet.Dts);
            if (_shown is null || packet.Pts > _shown)
                _shown = packet.Pts;
        }
        else
        {
            _needsAudio = false;
            Measure(ref _audio, ref _audioInterval, packet.Dts);
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _headers.Clear();

    // In the first turn a clock that starts anew is the publisher's business; later it would lead back among what was sent.
    private bool HasRestarted(MediaPacket packet) =>
        _floor is { } floor && new MediaTime(packet.Dts.Milliseconds + _offset) + s_clockRestart < floor;

    private void Join(MediaPacket packet)
    {
        _isJoining = false;
        var start = Next ?? packet.Dts;
        (_floor, _offset) = (start, start.Milliseconds - packet.Dts.Milliseconds);
    }

    private bool TryPassAside(MediaPacket packet)
    {
        var isRepeat = packet.IsSequenceHeader && (packet.Kind == MediaKind.Video ? _needsKeyFrame : _needsAudio) && _headers.Holds(packet);
        if (isRepeat)
        {
            packet.Release();
            return false;
        }

        if (_isJoining && _floor is { } floor)
            packet.Retime(floor);
        else
            Place(packet);
        if (packet.IsSequenceHeader)
            _headers.Remember(packet);
        return true;
    }

    private void Place(MediaPacket packet)
    {
        if (_offset != 0)
            packet.Retime(new MediaTime(packet.Dts.Milliseconds + _offset));
        if (_floor is { } floor && packet.Dts < floor)
            packet.Retime(floor); // what a later turn interleaves out of order stays behind the earlier one
    }

    private static void Measure(ref MediaTime? last, ref TimeSpan interval, MediaTime dts)
    {
        if (last is { } before && dts - before is var step && step >= s_leastInterval && step <= s_mostInterval)
            interval = step;
        if (last is null || dts > last)
            last = dts;
    }
}
