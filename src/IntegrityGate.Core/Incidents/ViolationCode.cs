namespace IntegrityGate.Core.Incidents;

/// <summary>The codes a violation can have; they persist in the journal and on the feed and never change their meaning.</summary>
public static class ViolationCode
{
    /// <summary>AI content without a label.</summary>
    public const string LabelMissing = "label.missing";

    /// <summary>A label whose glyphs are under the least height.</summary>
    public const string LabelTooSmall = "label.too_small";

    /// <summary>A label whose words lack one of the two elements.</summary>
    public const string LabelWording = "label.wording";

    /// <summary>A label that was on screen for less than the least time.</summary>
    public const string LabelTooShort = "label.too_short";

    /// <summary>A label that stands neither at an edge nor in a corner.</summary>
    public const string LabelPosition = "label.position";

    /// <summary>A stretch of stream that nobody looked at.</summary>
    public const string InspectionGap = "inspection.gap";

    /// <summary>A label that should have been stamped and could not be.</summary>
    public const string CannotStamp = "stamp.impossible";

    /// <summary>Video that repeats or stands still.</summary>
    public const string StreamLoop = "stream.loop";

    /// <summary>What is said of a stream contradicts itself.</summary>
    public const string ClaimContradiction = "claim.contradiction";

    /// <summary>An implicit label that the stream brought is gone.</summary>
    public const string MarkRemoved = "mark.removed";

    /// <summary>An implicit label was altered, or names a provider that cannot be.</summary>
    public const string MarkForged = "mark.forged";
}
