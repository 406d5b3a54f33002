using IntegrityGate.Core.Streams;
using IntegrityGate.Reporting.Audit;
using IntegrityGate.Reporting.Journal;

namespace IntegrityGate.Reporting.Declarations;

/// <summary>
/// All declarations, kept in the journal: they outlive a restart and wait for streams that are not live yet. Whoever starts a
/// stream session asks <see cref="ForSessionAsync"/> once and tells the judge.
/// </summary>
/// <param name="journal">The journal they lie in.</param>
/// <param name="time">The clock.</param>
/// <param name="maxPerStream">Most declarations of one stream that may stand at a time.</param>
public sealed class DeclarationBook(SqliteJournal journal, TimeProvider time, int maxPerStream)
{
    /// <summary>Keeps a declaration and its audit entry, in one commit.</summary>
    /// <param name="request">What is declared.</param>
    /// <param name="liveSession">The session of the stream that is live now; null when it is not.</param>
    /// <param name="cancellationToken">Gives up waiting; the declaration may still be kept.</param>
    /// <exception cref="JournalException">The journal could not be written.</exception>
    public async ValueTask<DeclareResult> DeclareAsync(DeclarationRequest request, string? liveSession, CancellationToken cancellationToken) =>
        await journal.WriteRowsAsync(
            db =>
            {
                if (request.IdempotencyKey.Length > 0 && DeclarationRows.FindByKey(db, request.Stream, request.IdempotencyKey) is { } known)
                    return new DeclareResult(request.IsAnsweredBy(known) ? DeclareStatus.Known : DeclareStatus.Conflict, known, 0);
                var now = time.GetUtcNow();
                if (DeclarationRows.CountStanding(db, request.Stream, now) >= maxPerStream)
                    return new DeclareResult(DeclareStatus.TooMany, null, 0);

                var declaration = new Declaration(
                    Guid.CreateVersion7(now).ToString(),
                    request.Stream,
                    request.SessionId.Length == 0 && request.IsOfOneSession ? liveSession ?? "" : request.SessionId,
                    request.Attribute,
                    request.From,
                    request.Until,
                    request.By,
                    request.Agreement,
                    DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()));
                DeclarationRows.Add(db, declaration, request.IdempotencyKey);
                var act = new AuditAct(AuditActions.Declare, request.Stream, request.By, request.Agreement, declaration.Id, Describe(declaration));
                return new DeclareResult(DeclareStatus.Kept, declaration, AuditRows.Add(db, act, now, AuditOutcome.Kept));
            },
            cancellationToken);

    /// <summary>Takes a declaration back and keeps the audit entry, in one commit. A second time changes nothing.</summary>
    /// <returns>Null when there is no such declaration.</returns>
    /// <exception cref="JournalException">The journal could not be written.</exception>
    public async ValueTask<WithdrawResult?> WithdrawAsync(string id, string by, string why, CancellationToken cancellationToken) =>
        await journal.WriteRowsAsync(
            db =>
            {
                if (DeclarationRows.Find(db, id) is not { } declaration)
                    return null;
                if (declaration.WithdrawnAt is not null)
                    return new WithdrawResult(declaration, 0);
                var now = time.GetUtcNow();
                DeclarationRows.Withdraw(db, id, by, why, now);
                var act = new AuditAct(AuditActions.Withdraw, declaration.Stream, by, why, id);
                return new WithdrawResult(DeclarationRows.Find(db, id)!, AuditRows.Add(db, act, now, AuditOutcome.Kept));
            },
            cancellationToken);

    /// <summary>
    /// The declarations that stand for a session that has come, the oldest first. One with a bound in media time that waited
    /// for the next session belongs to this one from now on; those of the stream's earlier sessions have ended.
    /// </summary>
    /// <exception cref="JournalException">The journal could not be read or written.</exception>
    public async ValueTask<IReadOnlyList<Declaration>> ForSessionAsync(StreamId stream, string sessionId, CancellationToken cancellationToken)
    {
        if (!await journal.ReadRowsAsync(db => DeclarationRows.Awaits(db, stream, sessionId), cancellationToken))
            return await journal.ReadRowsAsync(db => DeclarationRows.For(db, stream, sessionId, time.GetUtcNow()), cancellationToken);
        return await journal.WriteRowsAsync(
            db =>
            {
                var now = time.GetUtcNow();
                DeclarationRows.Begin(db, stream, sessionId, now);
                return DeclarationRows.For(db, stream, sessionId, now);
            },
            cancellationToken);
    }

    /// <summary>A page of declarations, the newest first.</summary>
    /// <param name="stream">Only this stream; null means all.</param>
    /// <param name="isEndedToo">Also those that were withdrawn or have passed.</param>
    /// <param name="size">Most declarations on the page.</param>
    /// <param name="before">The page before's <see cref="DeclarationPage.Next"/>; null for the first page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="JournalException">The journal could not be read.</exception>
    public async ValueTask<DeclarationPage> ListAsync(StreamId? stream, bool isEndedToo, int size, long? before, CancellationToken cancellationToken) =>
        await journal.ReadRowsAsync(
            db => DeclarationRows.List(db, stream?.Value ?? "", isEndedToo, size, before ?? long.MaxValue, time.GetUtcNow()),
            cancellationToken);

    private static string Describe(Declaration declaration) =>
        $"{declaration.Attribute} from {Describe(declaration.From, "the beginning")} until {Describe(declaration.Until, "withdrawn")}";

    private static string Describe(DeclarationMoment? moment, string none) =>
        moment?.Media?.ToString() ?? moment?.Clock?.ToString("O") ?? none;
}
