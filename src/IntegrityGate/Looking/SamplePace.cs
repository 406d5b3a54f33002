using IntegrityGate.Looking.Scheduling;

namespace IntegrityGate.Looking;

/// <summary>How soon the next look is wanted; written by the judging loop, read by the packet loop.</summary>
public sealed class SamplePace
{
    private readonly Chance? _chance;
    private readonly Func<TimeSpan, TimeSpan>? _planned;
    private long _ticks;
    private int _paused;

    /// <summary>A pace that is kept exactly.</summary>
    /// <param name="interval">Media time between looks.</param>
    public SamplePace(TimeSpan interval)
    {
        _ticks = interval.Ticks;
        Timing = LookTiming.Regular;
    }

    /// <summary>A pace whose moments are drawn by chance and stretched by the scheduler's plan.</summary>
    /// <param name="interval">Media time between looks at first.</param>
    /// <param name="timing">How far chance goes.</param>
    /// <param name="chance">Where moments are drawn from; used by the packet loop only.</param>
    /// <param name="planned">What the plan makes of an interval; must not wait.</param>
    internal SamplePace(TimeSpan interval, LookTiming timing, Chance chance, Func<TimeSpan, TimeSpan> planned)
    {
        _ticks = interval.Ticks;
        Timing = timing;
        _chance = chance;
        _planned = planned;
    }

    /// <summary>Media time between looks that the stream's risk calls for.</summary>
    public TimeSpan Interval
    {
        get => new(Interlocked.Read(ref _ticks));
        set => Interlocked.Exchange(ref _ticks, value.Ticks);
    }

    /// <summary>How far chance goes.</summary>
    public LookTiming Timing { get; }

    /// <summary>True while an operator bypasses looking.</summary>
    public bool Paused
    {
        get => Volatile.Read(ref _paused) != 0;
        set => Volatile.Write(ref _paused, value ? 1 : 0);
    }

    /// <summary>What the plan makes of an interval.</summary>
    internal TimeSpan Planned(TimeSpan interval) => _planned?.Invoke(interval) ?? interval;

    /// <summary>Draws how many intervals after this look the next falls due, and whether it takes the very frame.</summary>
    internal (double Intervals, bool IsExact) Draw() => _chance is null
        ? (1, false)
        : (1 + (Timing.Jitter * (_chance.Next() - 0.5)), _chance.Next() < Timing.BetweenKeyFrames);
}
