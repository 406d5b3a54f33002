using IntegrityGate.Core.Time;

namespace IntegrityGate.Media.Rtmp.Chunks;

/// <summary>
/// Unwraps the 32-bit time of messages to 64 bits: the value nearest to the newest audio or video time. Jumps are kept as they come,
/// because mending them is how sound and picture drift apart.
/// </summary>
public sealed class MessageClock
{
    // Encoders that start below zero (audio priming) stay within a second or so of it; no real stream starts this near the wrap.
    private const uint NegativeStart = uint.MaxValue - 10_000;

    private long _newest;
    private bool _isRunning;

    /// <summary>Forgets the past, for a new stream on the same connection.</summary>
    public void Reset()
    {
        _newest = 0;
        _isRunning = false;
    }

    /// <summary>Unwraps one time stamp.</summary>
    /// <param name="wire">The 32 bits.</param>
    /// <param name="isMedia">True for audio and video, whose time moves the clock; data messages are often stamped 0, which says nothing and stays 0.</param>
    public MediaTime Unwrap(uint wire, bool isMedia)
    {
        if (!isMedia && wire == 0)
            return MediaTime.Zero;
        var time = _isRunning ? _newest + (int)(wire - (uint)_newest) : wire > NegativeStart ? (int)wire : wire;
        if (isMedia)
        {
            _newest = time;
            _isRunning = true;
        }

        return new MediaTime(time);
    }
}
