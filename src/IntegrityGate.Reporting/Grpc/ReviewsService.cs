using Grpc.Core;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Reporting.Audit;
using IntegrityGate.Reporting.Journal;
using IntegrityGate.Reporting.Streams;
using Wire = IntegrityGate.Reporting.V1;

namespace IntegrityGate.Reporting.Grpc;

/// <summary>What people decide; its contract stands in <c>reviews.proto</c>.</summary>
internal sealed class ReviewsService(SqliteJournal journal, AuditLog audit, IStreamDirectory streams, ReportingOptions options, TimeProvider time)
    : Wire.Reviews.ReviewsBase
{
    private readonly RequestFields _fields = new(options.Limits);

    /// <inheritdoc/>
    public override async Task<Wire.DecideResponse> Decide(Wire.DecideRequest request, ServerCallContext context)
    {
        var id = _fields.Name(request.IncidentId, "incident_id");
        var decision = request.Decision.FromWire("decision");
        var who = _fields.Name(request.Who, "who");
        var why = _fields.Reason(request.Why, "why");
        var incident = (await journal.GetIncidentAsync(id, context.CancellationToken))?.Incident
            ?? throw FeedError.NotFound("incident_id", "there is no such incident, or retention has purged it");

        var action = decision == ReviewDecision.Confirmed ? AuditActions.ReviewConfirm : AuditActions.ReviewDismiss;
        var auditId = await audit.RequestAsync(new AuditAct(action, incident.Stream, who, why, id), context.CancellationToken);
        var review = new Review(decision, who, why, time.GetUtcNow());
        var kept = await journal.ReviewAsync(id, review, CancellationToken.None)
            ?? throw FeedError.NotFound("incident_id", "the incident was purged just now");

        // The decision is durable and on the feed; the judge is told if it still lives.
        var result = streams.Get(incident.Stream) is { } live && live.SessionId == incident.SessionId
            ? await streams.ApplyAsync(new ReviewCommand(incident.Stream, id, review), CancellationToken.None)
            : CommandResult.NotLive;
        var outcome = result.Status == CommandStatus.Applied ? AuditOutcome.Applied : AuditOutcome.Kept;
        await audit.ConcludeAsync(auditId, outcome, result.Reason, CancellationToken.None);
        return new Wire.DecideResponse
        {
            Incident = kept.Incident.ToWire(),
            Cursor = kept.Cursor,
            AppliedToLiveStream = result.Status == CommandStatus.Applied,
        };
    }
}
