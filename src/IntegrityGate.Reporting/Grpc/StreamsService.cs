using Grpc.Core;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Streams;
using IntegrityGate.Reporting.Audit;
using IntegrityGate.Reporting.Streams;
using Wire = IntegrityGate.Reporting.V1;

namespace IntegrityGate.Reporting.Grpc;

/// <summary>Live streams and an operator's hand on them; its contract stands in <c>streams.proto</c>.</summary>
internal sealed class StreamsService(IStreamDirectory streams, AuditLog audit, ReportingOptions options) : Wire.Streams.StreamsBase
{
    private readonly RequestFields _fields = new(options.Limits);

    /// <inheritdoc/>
    public override Task<Wire.ListStreamsResponse> List(Wire.ListStreamsRequest request, ServerCallContext context)
    {
        var size = _fields.PageSize(request.PageSize);
        var filters = new Wire.ListStreamsRequest();
        var after = PageToken.Read(filters, request.PageToken) ?? "";
        var page = streams.List()
            .Where(stream => string.CompareOrdinal(stream.Id.Value, after) > 0)
            .OrderBy(stream => stream.Id.Value, StringComparer.Ordinal)
            .Take(size + 1)
            .ToList();
        var response = new Wire.ListStreamsResponse { NextPageToken = PageToken.Write(filters, page.Count > size ? page[size - 1].Id.Value : null) };
        response.Streams.AddRange(page.Take(size).Select(stream => stream.ToWire()));
        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override Task<Wire.GetStreamResponse> Get(Wire.GetStreamRequest request, ServerCallContext context) =>
        Task.FromResult(new Wire.GetStreamResponse { Stream = Live(_fields.Stream(request.StreamId, "stream_id")).ToWire() });

    /// <inheritdoc/>
    public override async Task<Wire.SetInspectionResponse> SetInspection(Wire.SetInspectionRequest request, ServerCallContext context)
    {
        var stream = _fields.Stream(request.StreamId, "stream_id");
        var action = request.Bypass ? AuditActions.InspectionBypass : AuditActions.InspectionResume;
        var act = Act(action, stream, request.Who, request.Why);
        return new() { Stream = await ApplyAsync(new SetInspectionCommand(stream, request.Bypass), act, context) };
    }

    /// <inheritdoc/>
    public override async Task<Wire.ForceStampResponse> ForceStamp(Wire.ForceStampRequest request, ServerCallContext context)
    {
        var stream = _fields.Stream(request.StreamId, "stream_id");
        var tier = request.Tier.FromWire("tier");
        if (tier == Tier.None)
            throw FeedError.Field("tier", "is required: SUSPECTED, POSSIBLE or CONFIRMED");
        var wording = _fields.Wording(request.Wording, "wording");
        var act = Act(AuditActions.StampForce, stream, request.Who, request.Why, wording is null ? $"{tier}" : $"{tier}: {wording}");
        return new() { Stream = await ApplyAsync(new ForceStampCommand(stream, tier, wording), act, context) };
    }

    /// <inheritdoc/>
    public override async Task<Wire.LiftStampResponse> LiftStamp(Wire.LiftStampRequest request, ServerCallContext context)
    {
        var stream = _fields.Stream(request.StreamId, "stream_id");
        var act = Act(AuditActions.StampLift, stream, request.Who, request.Why);
        return new() { Stream = await ApplyAsync(new LiftStampCommand(stream), act, context) };
    }

    /// <inheritdoc/>
    public override async Task<Wire.ReleaseOverrideResponse> ReleaseOverride(Wire.ReleaseOverrideRequest request, ServerCallContext context)
    {
        var stream = _fields.Stream(request.StreamId, "stream_id");
        var act = Act(AuditActions.StampRelease, stream, request.Who, request.Why);
        return new() { Stream = await ApplyAsync(new ReleaseOverrideCommand(stream), act, context) };
    }

    /// <inheritdoc/>
    public override async Task<Wire.CloseStreamResponse> Close(Wire.CloseStreamRequest request, ServerCallContext context)
    {
        var stream = _fields.Stream(request.StreamId, "stream_id");
        var act = Act(AuditActions.StreamClose, stream, request.Who, request.Why);
        await ApplyAsync(new CloseCommand(stream, act.Why), act, context);
        return new();
    }

    /// <inheritdoc/>
    public override async Task<Wire.ListAuditResponse> ListAudit(Wire.ListAuditRequest request, ServerCallContext context)
    {
        var filter = new AuditFilter(
            request.StreamId.Length == 0 ? "" : _fields.Stream(request.StreamId, "stream_id").Value,
            _fields.OptionalName(request.Who, "who"),
            RequestFields.Moment(request.From, "from"),
            RequestFields.Moment(request.Before, "before"));
        var size = _fields.PageSize(request.PageSize);
        var filters = request.Clone();
        filters.PageSize = 0;
        filters.PageToken = "";
        var page = await audit.ListAsync(filter, size, PageToken.ReadNumber(filters, request.PageToken), context.CancellationToken);
        var response = new Wire.ListAuditResponse { NextPageToken = PageToken.Write(filters, page.Next) };
        response.Entries.AddRange(page.Entries.Select(entry => entry.ToWire()));
        return response;
    }

    private AuditAct Act(string action, StreamId stream, string who, string why, string detail = "") =>
        new(action, stream, _fields.Name(who, "who"), _fields.Reason(why, "why"), Detail: detail);

    private StreamSnapshot Live(StreamId stream) =>
        streams.Get(stream) ?? throw FeedError.NotFound("stream_id", "there is no live stream of that id");

    private async Task<Wire.Stream> ApplyAsync(StreamCommand command, AuditAct act, ServerCallContext context)
    {
        var before = Live(command.Stream);
        var auditId = await audit.RequestAsync(act, context.CancellationToken);
        CommandResult result;
        try
        {
            result = await streams.ApplyAsync(command, context.CancellationToken);
        }
        catch (Exception exception)
        {
            await audit.ConcludeAsync(auditId, AuditOutcome.Refused, exception.GetType().Name, CancellationToken.None);
            throw;
        }

        var outcome = result.Status == CommandStatus.Applied ? AuditOutcome.Applied : AuditOutcome.Refused;
        var reason = result.Status == CommandStatus.NotLive ? "the stream is no longer live" : result.Reason;
        await audit.ConcludeAsync(auditId, outcome, reason, CancellationToken.None);
        return result.Status switch
        {
            CommandStatus.Applied => (streams.Get(command.Stream) ?? before).ToWire(),
            CommandStatus.NotLive => throw FeedError.NotFound("stream_id", reason),
            _ => throw FeedError.Precondition(reason),
        };
    }
}
