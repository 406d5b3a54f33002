using IntegrityGate.Core.Time;

namespace IntegrityGate.Media.Splicing;

/// <summary>Where a stream may pass from the publisher's pictures to the encoder's.</summary>
internal static class SwitchRule
{
    /// <summary>1 s: a publisher's clock that goes back further has started anew; less is disorder, and what was sent before still counts.</summary>
    public static readonly TimeSpan ClockRestart = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A segment may start at a packet when every picture sent before is shown before it; otherwise a picture would be shown twice or
    /// lost. At an entry the pictures after it are shown after it (H.264 3.69; AV1 7.5), or at least after those before it (H.265 8.1.3, leading pictures), so that its own time will do.
    /// </summary>
    /// <param name="latestShown">Latest presentation time of the packets before.</param>
    /// <param name="entry">Presentation time of the entry.</param>
    public static bool MayStart(MediaTime latestShown, MediaTime entry) => entry > latestShown;
}
