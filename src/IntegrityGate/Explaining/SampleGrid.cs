using IntegrityGate.Core.Time;

namespace IntegrityGate.Explaining;

/// <summary>
/// Reads a clip finely, so that any moment can be shown, and tells which of the pictures a scan would be offered: the first in each
/// interval, as the frame source picks them.
/// </summary>
internal sealed class SampleGrid
{
    /// <summary>Longest time from the moment that is asked for back to the picture that is shown.</summary>
    public static readonly TimeSpan Finest = TimeSpan.FromMilliseconds(100);

    private readonly TimeSpan _interval;
    private long? _cell;

    /// <summary>A grid.</summary>
    /// <param name="interval">Interval of a scan; above zero.</param>
    public SampleGrid(TimeSpan interval)
    {
        _interval = interval;
        // A whole part of the interval: the first picture of an interval is then the first of its first part that has one.
        Step = interval / Math.Max(1, Math.Ceiling(interval / Finest));
    }

    /// <summary>Interval to read the clip at.</summary>
    public TimeSpan Step { get; }

    /// <summary>True when a scan would be offered the picture; each is asked about once, in order.</summary>
    public bool Offers(MediaTime at)
    {
        var cell = (long)Math.Floor(at.ToTimeSpan() / _interval);
        if (cell <= _cell)
            return false;
        _cell = cell;
        return true;
    }
}
