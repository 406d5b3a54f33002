using IntegrityGate.Core.Packets;

namespace IntegrityGate.Media.Splicing;

/// <summary>Measures the last video packets: rate, pictures a second, and how far they are out of display order. Allocates nothing.</summary>
internal sealed class VideoMeter
{
    private const int Window = 256; // some eight seconds at 30 pictures a second

    private readonly long[] _dts = new long[Window];
    private readonly long[] _pts = new long[Window];
    private readonly int[] _bytes = new int[Window];
    private long _seen;
    private long _sum;

    /// <summary>The deepest reordering seen, pictures; 0 to 16.</summary>
    public int ReorderDepth { get; private set; }

    /// <summary>True when two seconds or sixty pictures have been seen, so that what was not seen can be taken not to exist.</summary>
    public bool IsSettled => _seen >= 60 || Span > 2000;

    /// <summary>Bits a second, or 0 when less than half a second has been seen.</summary>
    public long RateBps => Span < 500 ? 0 : (_sum - _bytes[(_seen - 1) % Window]) * 8 * 1000 / Span;

    /// <summary>Pictures a second, or 0 when less than half a second has been seen.</summary>
    public double FramesPerSecond => Span < 500 ? 0 : (Math.Min(_seen, Window) - 1) * 1000.0 / Span;

    private long Span => _seen < 2 ? 0 : _dts[(_seen - 1) % Window] - _dts[_seen <= Window ? 0 : _seen % Window];

    /// <summary>Counts a video packet.</summary>
    public void Add(MediaPacket packet)
    {
        var pts = packet.Pts.Milliseconds;
        var later = 0;
        for (var back = 1; back <= 16 && back <= _seen; back++)
            later += _pts[(_seen - back) % Window] > pts ? 1 : 0;
        ReorderDepth = Math.Max(ReorderDepth, later);
        var at = _seen++ % Window;
        _sum += packet.Payload.Length - _bytes[at];
        _bytes[at] = packet.Payload.Length;
        _dts[at] = packet.Dts.Milliseconds;
        _pts[at] = pts;
    }

    /// <summary>Starts anew: another sequence header may mean another encoder.</summary>
    public void Reset()
    {
        Array.Clear(_bytes);
        (_seen, _sum, ReorderDepth) = (0, 0, 0);
    }
}
