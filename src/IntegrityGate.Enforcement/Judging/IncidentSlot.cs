using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Judging;

/// <summary>The one incident of a duty: opens, updates and closes it as the breach comes, changes and goes. A breach of another rule of the same duty closes it and opens the next.</summary>
/// <param name="stream">The stream.</param>
/// <param name="sessionId">The session.</param>
/// <param name="newId">Gives incident ids.</param>
internal sealed class IncidentSlot(StreamId stream, string sessionId, Func<string> newId)
{
    /// <summary>8 pictures an incident: the first frame and one at each change of tier; a reviewer looks at no more.</summary>
    public const int MaxEvidence = 8;

    /// <summary>Facts of the opening that stay when newer ones push out the rest.</summary>
    public const int OpeningFacts = 4;

    /// <summary>1 s of wall time between two updates that change neither tier nor action nor severity.</summary>
    public static readonly TimeSpan UpdateInterval = TimeSpan.FromSeconds(1);

    /// <summary>10 s of wall time between two updates that only say "still so": a journal is no metronome.</summary>
    public static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(10);

    private Incident? _told;

    /// <summary>The open incident, or null.</summary>
    public Incident? Open { get; private set; }

    /// <summary>True after a dismissal until the breach ends: it is not opened again.</summary>
    public bool IsDismissed { get; private set; }

    /// <summary>Brings the incident in line with the breach.</summary>
    /// <param name="breach">The breach, or null when the duty is met.</param>
    /// <param name="moment">Now, on both clocks.</param>
    /// <param name="evidenceId">Id of the picture that the input came with, or null.</param>
    /// <param name="closeReason">Why it closes, if it does.</param>
    /// <param name="changes">Receives what happened.</param>
    /// <returns>True when the picture must be kept.</returns>
    public bool Reconcile(Breach? breach, (MediaTime Media, DateTimeOffset Wall) moment, string? evidenceId, string closeReason, List<IncidentChange> changes)
    {
        if (breach is null)
            IsDismissed = false;
        if (Open is { } held && (breach is null || breach.Rule.Id != held.Rule.Id))
            Close(breach is null ? closeReason : "superseded by " + breach.Rule.Id, moment, changes);
        if (breach is null || IsDismissed)
            return false;
        if (Open is not null)
            return Update(Open, breach, moment, evidenceId, changes);
        Open = Begin(breach, moment, evidenceId);
        Tell(IncidentChangeKind.Opened, changes);
        return evidenceId is not null;
    }

    /// <summary>Writes a reviewer's decision onto the open incident.</summary>
    public void Record(Review review, (MediaTime Media, DateTimeOffset Wall) moment, List<IncidentChange> changes)
    {
        var fact = new IncidentFact("review", moment.Media, Describe(review));
        Open = Open! with { Review = review, UpdatedAt = Later(Open.UpdatedAt, moment.Wall), Facts = Bound([.. Open.Facts, fact]) };
        if (review.Decision == ReviewDecision.Dismissed)
        {
            IsDismissed = true;
            Close("dismissed by " + review.Who, moment, changes);
        }
        else
        {
            Tell(IncidentChangeKind.Updated, changes);
        }
    }

    /// <summary>One sentence on a review.</summary>
    public static string Describe(Review review) => $"{review.Who} {(review.Decision == ReviewDecision.Confirmed ? "confirms" : "dismisses")}: {review.Why}";

    private Incident Begin(Breach breach, (MediaTime Media, DateTimeOffset Wall) moment, string? evidenceId) => new()
    {
        Id = newId(),
        Stream = stream,
        SessionId = sessionId,
        Rule = breach.Rule.Reference,
        Violation = breach.Rule.Violation,
        Tier = breach.Tier,
        Basis = breach.Basis,
        Severity = breach.Severity,
        State = IncidentState.Open,
        Action = breach.Action,
        Message = breach.Message,
        OpenedAt = moment.Wall,
        UpdatedAt = moment.Wall,
        MediaFrom = breach.From <= moment.Media ? breach.From : moment.Media,
        MediaUntil = moment.Media,
        Facts = Bound(breach.Facts),
        EvidenceIds = evidenceId is null ? [] : [evidenceId],
    };

    private bool Update(Incident held, Breach breach, (MediaTime Media, DateTimeOffset Wall) moment, string? evidenceId, List<IncidentChange> changes)
    {
        var ranked = held.Tier != breach.Tier || held.Basis != breach.Basis;
        var keep = evidenceId is not null && held.EvidenceIds.Count < MaxEvidence && (ranked || held.EvidenceIds.Count == 0) && !held.EvidenceIds.Contains(evidenceId);
        Open = held with
        {
            Tier = breach.Tier,
            Basis = breach.Basis,
            Severity = breach.Severity,
            Action = breach.Action,
            Message = breach.Message,
            MediaUntil = held.MediaUntil > moment.Media ? held.MediaUntil : moment.Media,
            UpdatedAt = Later(held.UpdatedAt, moment.Wall),
            Facts = Merge(held.Facts, breach.Facts),
            EvidenceIds = keep ? [.. held.EvidenceIds, evidenceId!] : held.EvidenceIds,
        };
        var since = moment.Wall - _told!.UpdatedAt;
        if (IsUrgent(_told, Open) || (IsNews(_told, Open) && since >= UpdateInterval) || (since >= ProgressInterval && Open.MediaUntil != _told.MediaUntil))
            Tell(IncidentChangeKind.Updated, changes);
        return keep;
    }

    private void Close(string reason, (MediaTime Media, DateTimeOffset Wall) moment, List<IncidentChange> changes)
    {
        var at = Later(Open!.UpdatedAt, moment.Wall);
        Open = Open with
        {
            State = IncidentState.Closed,
            CloseReason = reason,
            ClosedAt = at,
            UpdatedAt = at,
            MediaUntil = Open.MediaUntil > moment.Media ? Open.MediaUntil : moment.Media,
        };
        Tell(IncidentChangeKind.Closed, changes);
        Open = null;
    }

    private void Tell(IncidentChangeKind kind, List<IncidentChange> changes)
    {
        _told = Open;
        changes.Add(new IncidentChange(kind, Open!));
    }

    private static bool IsUrgent(Incident told, Incident now) => told.Tier != now.Tier || told.Action != now.Action || told.Severity != now.Severity;

    private static bool IsNews(Incident told, Incident now) =>
        told.Basis != now.Basis || told.Message != now.Message || told.EvidenceIds.Count != now.EvidenceIds.Count
        || !told.Facts.Select(fact => (fact.Kind, fact.Text)).SequenceEqual(now.Facts.Select(fact => (fact.Kind, fact.Text)));

    // A fact that says the same as the newest of its kind brings that one's numbers up to date.
    private static IReadOnlyList<IncidentFact> Merge(IReadOnlyList<IncidentFact> held, IReadOnlyList<IncidentFact> fresh)
    {
        var facts = held.ToList();
        foreach (var fact in fresh)
        {
            var at = facts.FindLastIndex(other => other.Kind == fact.Kind && other.Text == fact.Text);
            if (at >= 0)
                facts[at] = fact;
            else
                facts.Add(fact);
        }

        return Bound(facts);
    }

    private static IReadOnlyList<IncidentFact> Bound(IReadOnlyList<IncidentFact> facts) => facts.Count <= Incident.MaxFacts
        ? facts
        : [.. facts.Take(OpeningFacts), .. facts.Skip(facts.Count - (Incident.MaxFacts - OpeningFacts))];

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
