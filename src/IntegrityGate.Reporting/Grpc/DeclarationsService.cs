using Grpc.Core;
using IntegrityGate.Reporting.Audit;
using IntegrityGate.Reporting.Declarations;
using IntegrityGate.Reporting.Streams;
using Wire = IntegrityGate.Reporting.V1;

namespace IntegrityGate.Reporting.Grpc;

/// <summary>What the platform declares; its contract stands in <c>declarations.proto</c>.</summary>
internal sealed class DeclarationsService(DeclarationBook book, AuditLog audit, IStreamDirectory streams, ReportingOptions options)
    : Wire.Declarations.DeclarationsBase
{
    private readonly RequestFields _fields = new(options.Limits);

    /// <inheritdoc/>
    public override async Task<Wire.DeclareResponse> Declare(Wire.DeclareRequest request, ServerCallContext context)
    {
        var asked = new DeclarationRequest(
            _fields.Stream(request.StreamId, "stream_id"),
            _fields.OptionalName(request.SessionId, "session_id"),
            request.Attribute.FromWire("attribute"),
            request.From.FromWire("from"),
            request.Until.FromWire("until"),
            _fields.Name(request.By, "by"),
            _fields.OptionalReason(request.Agreement, "agreement"),
            _fields.OptionalName(request.IdempotencyKey, "idempotency_key"));
        if (asked.From?.Media >= asked.Until?.Media || asked.From?.Clock >= asked.Until?.Clock)
            throw FeedError.Field("until", "is not later than from");

        var result = await book.DeclareAsync(asked, streams.Get(asked.Stream)?.SessionId, context.CancellationToken);
        if (result.Status == DeclareStatus.TooMany)
            throw FeedError.Exhausted("declarations", $"the stream has its greatest number of declarations, {options.Limits.MaxDeclarationsPerStream}");
        if (result.Status == DeclareStatus.Conflict)
            throw new RpcException(new Status(StatusCode.AlreadyExists, $"idempotency_key: stands for another declaration, {result.Declaration!.Id}"));

        var declaration = result.Declaration!;
        var isApplied = declaration.WithdrawnAt is null && await TellAsync(declaration, result.AuditId);
        return new Wire.DeclareResponse
        {
            Declaration = declaration.ToWire(),
            AppliedToLiveStream = isApplied,
            AlreadyDeclared = result.Status == DeclareStatus.Known,
        };
    }

    /// <inheritdoc/>
    public override async Task<Wire.WithdrawResponse> Withdraw(Wire.WithdrawRequest request, ServerCallContext context)
    {
        var id = _fields.Name(request.DeclarationId, "declaration_id");
        var by = _fields.Name(request.By, "by");
        var why = _fields.Reason(request.Why, "why");
        var result = await book.WithdrawAsync(id, by, why, context.CancellationToken)
            ?? throw FeedError.NotFound("declaration_id", "there is no such declaration");
        var command = new WithdrawCommand(result.Declaration.Stream, id);
        return new Wire.WithdrawResponse
        {
            Declaration = result.Declaration.ToWire(),
            AppliedToLiveStream = streams.Get(command.Stream) is not null && await ApplyAsync(command, result.AuditId),
        };
    }

    /// <inheritdoc/>
    public override async Task<Wire.ListDeclarationsResponse> List(Wire.ListDeclarationsRequest request, ServerCallContext context)
    {
        Core.Streams.StreamId? stream = request.StreamId.Length == 0 ? null : _fields.Stream(request.StreamId, "stream_id");
        var size = _fields.PageSize(request.PageSize);
        var filters = request.Clone();
        filters.PageSize = 0;
        filters.PageToken = "";
        var before = PageToken.ReadNumber(filters, request.PageToken);
        var page = await book.ListAsync(stream, request.IncludeEnded, size, before, context.CancellationToken);
        var response = new Wire.ListDeclarationsResponse { NextPageToken = PageToken.Write(filters, page.Next) };
        response.Declarations.AddRange(page.Declarations.Select(declaration => declaration.ToWire()));
        return response;
    }

    /// <summary>
    /// Tells the live stream. Looked up after the declaration is durable: a session that begins later reads it from the book,
    /// one that began earlier is told here, and none slips between.
    /// </summary>
    private async Task<bool> TellAsync(Declaration declaration, long auditId)
    {
        if (streams.Get(declaration.Stream) is not { } live)
            return false;
        if (declaration is { IsOfOneSession: true, SessionId: "" })
            await book.ForSessionAsync(live.Id, live.SessionId, CancellationToken.None);
        else if (declaration.SessionId.Length > 0 && declaration.SessionId != live.SessionId)
            return false;
        return await ApplyAsync(new DeclareCommand(live.Id, declaration.ToClaim(live.ClockOrStart)), auditId);
    }

    private async Task<bool> ApplyAsync(StreamCommand command, long auditId)
    {
        // Durable already: a caller that leaves now must not keep the stream from being told.
        var result = await streams.ApplyAsync(command, CancellationToken.None);
        if (auditId > 0 && result.Status != CommandStatus.NotLive)
        {
            var outcome = result.Status == CommandStatus.Applied ? AuditOutcome.Applied : AuditOutcome.Refused;
            await audit.ConcludeAsync(auditId, outcome, result.Reason, CancellationToken.None);
        }

        return result.Status == CommandStatus.Applied;
    }
}
