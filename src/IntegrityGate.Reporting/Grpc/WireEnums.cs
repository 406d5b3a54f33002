using Grpc.Core;
using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Reporting.Audit;
using IntegrityGate.Reporting.Streams;
using Wire = IntegrityGate.Reporting.V1;

namespace IntegrityGate.Reporting.Grpc;

/// <summary>Our enums and the wire's. The wire begins with UNSPECIFIED; each map is written out, so that neither side's numbers bind the other's.</summary>
internal static class WireEnums
{
    public static Wire.Tier ToWire(this Tier value) => value switch
    {
        Tier.None => Wire.Tier.None,
        Tier.Suspected => Wire.Tier.Suspected,
        Tier.Possible => Wire.Tier.Possible,
        Tier.Confirmed => Wire.Tier.Confirmed,
        _ => Wire.Tier.Unspecified,
    };

    public static Wire.VerdictBasis ToWire(this VerdictBasis value) => value switch
    {
        VerdictBasis.None => Wire.VerdictBasis.None,
        VerdictBasis.DetectorReview => Wire.VerdictBasis.DetectorReview,
        VerdictBasis.DetectorStamp => Wire.VerdictBasis.DetectorStamp,
        VerdictBasis.AudibleMark => Wire.VerdictBasis.AudibleMark,
        VerdictBasis.VisibleMark => Wire.VerdictBasis.VisibleMark,
        VerdictBasis.Reviewer => Wire.VerdictBasis.Reviewer,
        VerdictBasis.Declaration => Wire.VerdictBasis.Declaration,
        VerdictBasis.Metadata => Wire.VerdictBasis.Metadata,
        _ => Wire.VerdictBasis.Unspecified,
    };

    public static Wire.Severity ToWire(this Severity value) => value switch
    {
        Severity.Info => Wire.Severity.Info,
        Severity.Review => Wire.Severity.Review,
        Severity.Violation => Wire.Severity.Violation,
        Severity.Critical => Wire.Severity.Critical,
        _ => Wire.Severity.Unspecified,
    };

    public static Wire.IncidentState ToWire(this IncidentState value) => value switch
    {
        IncidentState.Open => Wire.IncidentState.Open,
        IncidentState.Closed => Wire.IncidentState.Closed,
        _ => Wire.IncidentState.Unspecified,
    };

    public static Wire.Enforcement ToWire(this EnforcementAct value) => value switch
    {
        EnforcementAct.Observe => Wire.Enforcement.Observe,
        EnforcementAct.Report => Wire.Enforcement.Report,
        EnforcementAct.Stamp => Wire.Enforcement.Stamp,
        EnforcementAct.Block => Wire.Enforcement.Block,
        _ => Wire.Enforcement.Unspecified,
    };

    public static Wire.ReviewDecision ToWire(this ReviewDecision value) => value switch
    {
        ReviewDecision.Confirmed => Wire.ReviewDecision.Confirm,
        ReviewDecision.Dismissed => Wire.ReviewDecision.Dismiss,
        _ => Wire.ReviewDecision.Unspecified,
    };

    public static Wire.ChangeKind ToWire(this IncidentChangeKind value) => value switch
    {
        IncidentChangeKind.Opened => Wire.ChangeKind.Opened,
        IncidentChangeKind.Updated => Wire.ChangeKind.Updated,
        IncidentChangeKind.Closed => Wire.ChangeKind.Closed,
        _ => Wire.ChangeKind.Unspecified,
    };

    public static Wire.AigcAttribute ToWire(this AigcAttribute value) => value switch
    {
        AigcAttribute.Generated => Wire.AigcAttribute.Generated,
        AigcAttribute.Possible => Wire.AigcAttribute.Possible,
        AigcAttribute.Suspected => Wire.AigcAttribute.Suspected,
        AigcAttribute.NotGenerated => Wire.AigcAttribute.NotGenerated,
        _ => Wire.AigcAttribute.Unspecified,
    };

    public static Wire.AuditOutcome ToWire(this AuditOutcome value) => value switch
    {
        AuditOutcome.Requested => Wire.AuditOutcome.Requested,
        AuditOutcome.Applied => Wire.AuditOutcome.Applied,
        AuditOutcome.Kept => Wire.AuditOutcome.Kept,
        AuditOutcome.Refused => Wire.AuditOutcome.Refused,
        _ => Wire.AuditOutcome.Unspecified,
    };

    public static Wire.StreamState ToWire(this StreamState value) => value switch
    {
        StreamState.Starting => Wire.StreamState.Starting,
        StreamState.Live => Wire.StreamState.Live,
        StreamState.Waiting => Wire.StreamState.Waiting,
        StreamState.Ending => Wire.StreamState.Ending,
        _ => Wire.StreamState.Unspecified,
    };

    public static Wire.SpliceState ToWire(this SpliceState value) => value switch
    {
        SpliceState.Passing => Wire.SpliceState.Passing,
        SpliceState.Entering => Wire.SpliceState.Entering,
        SpliceState.Stamping => Wire.SpliceState.Stamping,
        SpliceState.Leaving => Wire.SpliceState.Leaving,
        SpliceState.Impossible => Wire.SpliceState.Impossible,
        _ => Wire.SpliceState.Unspecified,
    };

    public static Wire.UpstreamState ToWire(this UpstreamState value) => value switch
    {
        UpstreamState.None => Wire.UpstreamState.None,
        UpstreamState.Connecting => Wire.UpstreamState.Connecting,
        UpstreamState.Connected => Wire.UpstreamState.Connected,
        UpstreamState.Reconnecting => Wire.UpstreamState.Reconnecting,
        UpstreamState.Failed => Wire.UpstreamState.Failed,
        _ => Wire.UpstreamState.Unspecified,
    };

    public static Wire.StampOverride ToWire(this StampOverride value) => value switch
    {
        StampOverride.None => Wire.StampOverride.None,
        StampOverride.Forced => Wire.StampOverride.Forced,
        StampOverride.Lifted => Wire.StampOverride.Lifted,
        _ => Wire.StampOverride.Unspecified,
    };

    /// <summary>A least severity; UNSPECIFIED lets all through.</summary>
    public static Severity FromWire(this Wire.Severity value, string field) => value switch
    {
        Wire.Severity.Unspecified or Wire.Severity.Info => Severity.Info,
        Wire.Severity.Review => Severity.Review,
        Wire.Severity.Violation => Severity.Violation,
        Wire.Severity.Critical => Severity.Critical,
        _ => throw Unknown(field, value),
    };

    /// <summary>A tier; UNSPECIFIED is none.</summary>
    public static Tier FromWire(this Wire.Tier value, string field) => value switch
    {
        Wire.Tier.Unspecified or Wire.Tier.None => Tier.None,
        Wire.Tier.Suspected => Tier.Suspected,
        Wire.Tier.Possible => Tier.Possible,
        Wire.Tier.Confirmed => Tier.Confirmed,
        _ => throw Unknown(field, value),
    };

    /// <summary>A state; UNSPECIFIED is null.</summary>
    public static IncidentState? FromWire(this Wire.IncidentState value, string field) => value switch
    {
        Wire.IncidentState.Unspecified => null,
        Wire.IncidentState.Open => IncidentState.Open,
        Wire.IncidentState.Closed => IncidentState.Closed,
        _ => throw Unknown(field, value),
    };

    /// <summary>A decision; UNSPECIFIED is refused.</summary>
    public static ReviewDecision FromWire(this Wire.ReviewDecision value, string field) => value switch
    {
        Wire.ReviewDecision.Confirm => ReviewDecision.Confirmed,
        Wire.ReviewDecision.Dismiss => ReviewDecision.Dismissed,
        Wire.ReviewDecision.Unspecified => throw FeedError.Field(field, "is required"),
        _ => throw Unknown(field, value),
    };

    /// <summary>An attribute; UNSPECIFIED is refused.</summary>
    public static AigcAttribute FromWire(this Wire.AigcAttribute value, string field) => value switch
    {
        Wire.AigcAttribute.Generated => AigcAttribute.Generated,
        Wire.AigcAttribute.Possible => AigcAttribute.Possible,
        Wire.AigcAttribute.Suspected => AigcAttribute.Suspected,
        Wire.AigcAttribute.NotGenerated => AigcAttribute.NotGenerated,
        Wire.AigcAttribute.Unspecified => throw FeedError.Field(field, "is required"),
        _ => throw Unknown(field, value),
    };

    private static RpcException Unknown<T>(string field, T value)
        where T : struct, Enum =>
        FeedError.Field(field, $"{value:D} is not known");
}
