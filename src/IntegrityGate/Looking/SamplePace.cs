namespace IntegrityGate.Looking;

/// <summary>How soon the next look is wanted; written by the judging loop, read by the packet loop.</summary>
public sealed class SamplePace(TimeSpan interval)
{
    private long _ticks = interval.Ticks;
    private int _paused;

    /// <summary>Media time between looks.</summary>
    public TimeSpan Interval
    {
        get => new(Interlocked.Read(ref _ticks));
        set => Interlocked.Exchange(ref _ticks, value.Ticks);
    }

    /// <summary>True while an operator bypasses looking.</summary>
    public bool Paused
    {
        get => Volatile.Read(ref _paused) != 0;
        set => Volatile.Write(ref _paused, value ? 1 : 0);
    }
}
