using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Core.Evidence;

/// <summary>A stretch of stream that nobody looked at. It is reported, never silent.</summary>
/// <param name="From">Media time from which nothing was inspected.</param>
/// <param name="At">Media time up to which the gap has grown.</param>
/// <param name="Fault">Which stage failed.</param>
/// <param name="Reason">In words.</param>
public sealed record InspectionGap(MediaTime From, MediaTime At, GateFault Fault, string Reason) : EvidenceItem(At, null);
