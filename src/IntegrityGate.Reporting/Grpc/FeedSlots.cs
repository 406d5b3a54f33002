namespace IntegrityGate.Reporting.Grpc;

/// <summary>The places that all calls of the feed share.</summary>
internal sealed class FeedSlots(FeedLimits limits)
{
    /// <summary>Watches.</summary>
    public CallSlots Watchers { get; } = new(limits.MaxWatchers);

    /// <summary>Pictures being sent.</summary>
    public CallSlots EvidenceReads { get; } = new(limits.MaxEvidenceReads);
}
