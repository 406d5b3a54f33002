using IntegrityGate.Core.Rules;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Labels;

/// <summary>The duty to label over a stretch of media time.</summary>
/// <param name="Duty">Met, violated, or not known yet.</param>
/// <param name="Rule">The rule that is broken, the most specific one; null unless violated.</param>
/// <param name="From">Media time from which it is broken; the stretch's beginning otherwise.</param>
/// <param name="Finding">The look that shows it best; null when there was none.</param>
/// <param name="WasMet">True when the label was shown for its least time at some point of the stretch.</param>
public sealed record LabelStanding(LabelDuty Duty, Rule? Rule, MediaTime From, LabelFinding? Finding, bool WasMet);
