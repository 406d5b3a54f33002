using IntegrityGate.Core.Judging;

namespace IntegrityGate.Configuration;

/// <summary>What is done about a verdict, by its basis.</summary>
public sealed record PolicyOptions(
    EnforcementAct Metadata,
    EnforcementAct Declaration,
    EnforcementAct VisibleMark,
    EnforcementAct AudibleMark,
    EnforcementAct Reviewer,
    EnforcementAct DetectorStamp,
    EnforcementAct DetectorReview,
    DuplicatePublisher DuplicatePublisher);
