using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Time;
using IntegrityGate.Enforcement.Judging.Inputs;

namespace IntegrityGate.Enforcement.Judging;

/// <content>What a reviewer's decision changes.</content>
/// <remarks>
/// Confirmed suspicions become a verdict on the reviewer's word, still of tier suspected: art. 6(1) of the CAC Measures keeps
/// "confirmed" for implicit labels. Dismissed suspicions silence detector and marks for the rest of the session: a person's word
/// stands above the machine's, however sure. A claim is the publisher's own word and cannot be dismissed; dismissing an incident
/// that rests on one says that the duty is met (the label is there and was not read), until a stronger ground or a new stretch.
/// </remarks>
public sealed partial class Judge
{
    /// <summary>64 closed incidents stay open to a late review; older ones are history.</summary>
    public const int MaxRemembered = 64;

    private readonly Queue<Incident> _closed = new();
    private Ground? _reviewer;
    private bool _suspicionsDismissed;

    private void Review(ReviewDecided decided, (MediaTime Media, DateTimeOffset Wall) moment, List<IncidentChange> changes)
    {
        if (decided.Review.Decision == ReviewDecision.None)
            return;
        IncidentSlot[] slots = [_labelSlot, _gapSlot, _stampSlot, _loopSlot, _contradictionSlot, _removedSlot, _forgedSlot];
        var slot = Array.Find(slots, candidate => candidate.Open?.Id == decided.IncidentId);
        var incident = slot?.Open ?? _closed.FirstOrDefault(closed => closed.Id == decided.IncidentId);
        if (incident is null)
            return;
        if (slot is not null)
            slot.Record(decided.Review, moment, changes);
        else
            changes.Add(new IncidentChange(IncidentChangeKind.Updated, incident with { Review = decided.Review, UpdatedAt = moment.Wall > incident.UpdatedAt ? moment.Wall : incident.UpdatedAt }));
        var isAboutContent = incident.Violation is not (ViolationCode.InspectionGap or ViolationCode.CannotStamp or ViolationCode.StreamLoop);
        // To dismiss a finding about claims says nothing of what is on the picture.
        var isAboutClaims = incident.Violation is ViolationCode.ClaimContradiction or ViolationCode.MarkRemoved or ViolationCode.MarkForged;
        if (isAboutContent && (!isAboutClaims || decided.Review.Decision == ReviewDecision.Confirmed))
            Heed(decided.Review, incident);
    }

    private void Heed(Review review, Incident incident)
    {
        var isClaim = incident.Basis is VerdictBasis.Declaration or VerdictBasis.Metadata;
        if (review.Decision == ReviewDecision.Confirmed)
        {
            if (isClaim)
                return;
            var fact = new IncidentFact("review", incident.MediaFrom, IncidentSlot.Describe(review));
            _reviewer = new Ground(Tier.Suspected, VerdictBasis.Reviewer, incident.MediaFrom, fact);
            return;
        }

        _reviewer = null;
        _suspicionsDismissed = true;
        _detector.Silence();
        _voice.Silence();
        if (isClaim && _stretch is not null && incident.State == IncidentState.Open)
            _stretch.Waived = (incident.Tier, incident.Basis);
    }

    private void Remember(List<IncidentChange> changes)
    {
        foreach (var change in changes)
        {
            if (change.Kind != IncidentChangeKind.Closed)
                continue;
            if (_closed.Count == MaxRemembered)
                _closed.Dequeue();
            _closed.Enqueue(change.Incident);
        }
    }
}
