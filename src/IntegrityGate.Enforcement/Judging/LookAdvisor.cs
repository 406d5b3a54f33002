using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Judging;

/// <summary>Says when to look again and whether the text must be read: a score is cheap, reading is not.</summary>
internal sealed class LookAdvisor
{
    // While a duty is open or must stay met, the text is read this many looks apart: enough to notice a publisher's own label
    // or its end within two GOPs, at half the cost of reading at every look.
    private const int DueTextLooks = 2;

    private MediaTime? _readAt;
    private int _readings;
    private MediaTime? _calmSince;

    /// <summary>The text was read.</summary>
    public void Read(MediaTime at)
    {
        _readAt = at;
        _readings++;
    }

    /// <summary>Advice.</summary>
    /// <param name="now">Media time of the present sample.</param>
    /// <param name="looks">Intervals.</param>
    /// <param name="undecided">True when a label's state, or a mark, is undecided.</param>
    /// <param name="due">True when a duty is open, or met and to stay met.</param>
    /// <param name="suspicious">True when the detector is near its review level.</param>
    /// <param name="calm">True when nothing speaks for AI content.</param>
    /// <param name="keep">True when the present picture is kept.</param>
    /// <param name="label">Where the label stands that suffices; null when the newest look showed none.</param>
    public LookAdvice Advise(MediaTime now, LookOptions looks, bool undecided, bool due, bool suspicious, bool calm, bool keep, PixelBox? label)
    {
        if (undecided || due || suspicious || !calm)
            _calmSince = null;
        else if (_calmSince is not { } since || now < since)
            _calmSince = now;
        var isCalm = _calmSince is { } begun && now - begun >= looks.CalmAfter;
        var next = undecided ? looks.Urgent : suspicious ? looks.Suspicious : isCalm ? looks.CalmInterval : looks.Interval;
        var interval = due ? Least(looks.Interval * DueTextLooks, looks.TextInterval) : looks.TextInterval;
        var early = undecided || _readings < looks.FirstTextLooks;
        var read = early || _readAt is not { } at || now + next - at >= interval;
        // What is undecided needs to know what is absent; else a label that is known is looked after, and the edges show a new one.
        var text = early ? TextDemand.Whole : label is { } place ? TextDemand.At(place) : TextDemand.Edges;
        return new LookAdvice(next, read, keep) { Text = text };
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
