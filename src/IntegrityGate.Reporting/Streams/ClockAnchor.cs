using IntegrityGate.Core.Time;

namespace IntegrityGate.Reporting.Streams;

/// <summary>A moment known on both clocks of a stream session: maps the wall clock to media time.</summary>
/// <param name="At">The moment on the wall clock.</param>
/// <param name="Media">The same moment on the stream's clock: the presentation time of the packet that arrived then.</param>
public readonly record struct ClockAnchor(DateTimeOffset At, MediaTime Media)
{
    /// <summary>The media time at a moment of the wall clock.</summary>
    public MediaTime MediaAt(DateTimeOffset moment) => Media + (moment - At);
}
