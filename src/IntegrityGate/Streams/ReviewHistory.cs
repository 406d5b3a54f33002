using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Streams;
using IntegrityGate.Reporting.Journal;

namespace IntegrityGate.Streams;

/// <summary>What reviewers decided on earlier sessions of a stream, from the journal.</summary>
internal static class ReviewHistory
{
    /// <summary>32 incidents of the stream, the newest: a publisher's start waits for them, and three dismissals are all that count.</summary>
    public const int Depth = 32;

    /// <summary>How often a reviewer dismissed what the detector alone had found.</summary>
    /// <exception cref="JournalException">The journal could not be read.</exception>
    public static async ValueTask<int> DismissalsAsync(SqliteJournal journal, StreamId stream, CancellationToken cancellationToken)
    {
        var page = await journal.ListIncidentsAsync(new IncidentFilter { Streams = [stream.Value] }, Depth, before: null, cancellationToken);
        return page.Incidents.Count(kept => kept.Incident is { Basis: VerdictBasis.DetectorReview or VerdictBasis.DetectorStamp, Review.Decision: ReviewDecision.Dismissed });
    }
}
