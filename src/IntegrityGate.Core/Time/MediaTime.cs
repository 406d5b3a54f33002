using System.Globalization;

namespace IntegrityGate.Core.Time;

/// <summary>
/// A moment on a stream's own clock, in whole milliseconds, unwrapped to 64 bits: RTMP time stamps wrap after 49.7 days
/// (2^32 ms) and encoders disagree on the sign bit, so the wire form never travels past the chunk reader.
/// </summary>
/// <param name="Milliseconds">Milliseconds since the stream's zero; may be negative after an edit.</param>
public readonly record struct MediaTime(long Milliseconds) : IComparable<MediaTime>
{
    /// <summary>The stream's zero.</summary>
    public static MediaTime Zero => default;

    /// <summary>Converts a span since the stream's zero; fractions of a millisecond are cut.</summary>
    public static MediaTime FromTimeSpan(TimeSpan span) => new(span.Ticks / TimeSpan.TicksPerMillisecond);

    /// <summary>The span since the stream's zero.</summary>
    public TimeSpan ToTimeSpan() => TimeSpan.FromMilliseconds(Milliseconds);

    /// <summary>Moves a moment by a span; fractions of a millisecond are cut.</summary>
    public static MediaTime operator +(MediaTime time, TimeSpan span) => new(time.Milliseconds + (span.Ticks / TimeSpan.TicksPerMillisecond));

    /// <summary>Moves a moment back by a span; fractions of a millisecond are cut.</summary>
    public static MediaTime operator -(MediaTime time, TimeSpan span) => new(time.Milliseconds - (span.Ticks / TimeSpan.TicksPerMillisecond));

    /// <summary>The span between two moments.</summary>
    public static TimeSpan operator -(MediaTime left, MediaTime right) => TimeSpan.FromMilliseconds(left.Milliseconds - right.Milliseconds);

    /// <summary>True when <paramref name="left"/> is the earlier moment.</summary>
    public static bool operator <(MediaTime left, MediaTime right) => left.Milliseconds < right.Milliseconds;

    /// <summary>True when <paramref name="left"/> is the later moment.</summary>
    public static bool operator >(MediaTime left, MediaTime right) => left.Milliseconds > right.Milliseconds;

    /// <summary>True when <paramref name="left"/> is not the later moment.</summary>
    public static bool operator <=(MediaTime left, MediaTime right) => left.Milliseconds <= right.Milliseconds;

    /// <summary>True when <paramref name="left"/> is not the earlier moment.</summary>
    public static bool operator >=(MediaTime left, MediaTime right) => left.Milliseconds >= right.Milliseconds;

    /// <inheritdoc/>
    public int CompareTo(MediaTime other) => Milliseconds.CompareTo(other.Milliseconds);

    /// <summary>The form used on pages and in tables: <c>h:mm:ss.fff</c>, with a sign when negative.</summary>
    public override string ToString()
    {
        var span = TimeSpan.FromMilliseconds(Math.Abs(Milliseconds));
        var text = string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalHours}:{span.Minutes:00}:{span.Seconds:00}.{span.Milliseconds:000}");
        return Milliseconds < 0 ? "-" + text : text;
    }
}
