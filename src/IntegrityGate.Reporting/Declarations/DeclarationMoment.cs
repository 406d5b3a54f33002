using IntegrityGate.Core.Time;
using IntegrityGate.Reporting.Streams;

namespace IntegrityGate.Reporting.Declarations;

/// <summary>A moment on one of two clocks.</summary>
public sealed record DeclarationMoment
{
    private DeclarationMoment(MediaTime? media, DateTimeOffset? clock)
    {
        Media = media;
        Clock = clock;
    }

    /// <summary>Media time of a session; null when the moment is on the wall clock.</summary>
    public MediaTime? Media { get; }

    /// <summary>Wall clock; null when the moment is media time.</summary>
    public DateTimeOffset? Clock { get; }

    /// <summary>A moment on a session's own clock.</summary>
    public static DeclarationMoment AtMedia(MediaTime at) => new(at, null);

    /// <summary>A moment on the wall clock; cut to the millisecond, as it is kept.</summary>
    public static DeclarationMoment AtClock(DateTimeOffset at) => new(null, DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()));

    /// <summary>The moment as media time of a session.</summary>
    /// <param name="anchor">Maps the wall clock to the session's.</param>
    public MediaTime On(ClockAnchor anchor) => Media ?? anchor.MediaAt(Clock!.Value);
}
