using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using IntegrityGate.Reporting.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Wire = IntegrityGate.Reporting.V1;

namespace IntegrityGate.Reporting.Grpc;

/// <summary>The feed of incidents; its contract stands in <c>violation_feed.proto</c>.</summary>
internal sealed partial class ViolationFeedService(
    SqliteJournal journal,
    ReportingOptions options,
    FeedSlots slots,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<ViolationFeedService> logger) : Wire.ViolationFeed.ViolationFeedBase
{
    private readonly RequestFields _fields = new(options.Limits);

    /// <inheritdoc/>
    public override async Task Watch(Wire.WatchRequest request, IServerStreamWriter<Wire.WatchResponse> responseStream, ServerCallContext context)
    {
        var filter = new EventFilter(
            _fields.Names(request.StreamIds, "stream_ids").ToHashSet(StringComparer.Ordinal),
            _fields.Names(request.Violations, "violations").ToHashSet(StringComparer.Ordinal),
            request.MinimumSeverity.FromWire("minimum_severity"));
        if (request.StartCase == Wire.WatchRequest.StartOneofCase.AfterCursor && request.AfterCursor < 0)
            throw FeedError.Field("after_cursor", "is negative");
        if (_fields.OptionalName(request.JournalId, "journal_id") is { Length: > 0 } id && id != journal.JournalId)
            throw FeedError.Precondition($"journal_id: the cursor belongs to another journal; this one is {journal.JournalId}");
        if (!slots.Watchers.TryTake())
            throw FeedError.Exhausted("watchers", $"the feed has its greatest number of watchers, {options.Limits.MaxWatchers}");

        FeedTelemetry.Subscribers.Add(1);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        using var watcher = new Watcher(journal, responseStream, filter, options, time, end.Token);
        try
        {
            Log.Watching(logger, request.StartCase);
            await (request.StartCase switch
            {
                Wire.WatchRequest.StartOneofCase.AfterCursor => watcher.FollowAsync(request.AfterCursor),
                Wire.WatchRequest.StartOneofCase.FromBeginning => watcher.FollowAsync(journal.OldestCursor - 1),
                Wire.WatchRequest.StartOneofCase.Now => watcher.FollowAsync(journal.LatestCursor),
                _ => watcher.FollowOpenAsync(),
            });
        }
        catch (CursorOutOfRangeException exception)
        {
            Log.OutOfRange(logger, exception.After, exception.Oldest, exception.Latest);
            throw FeedError.OutOfRange(exception);
        }
        catch (Exception exception) when (watcher.HasStalled && exception is OperationCanceledException or IOException or InvalidOperationException)
        {
            Log.Stalled(logger, options.Limits.MaxWatcherStall);
            throw FeedError.Exhausted("stalled", $"the watcher took nothing for {options.Limits.MaxWatcherStall}; resume after the last cursor");
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "the gate is stopping; resume after the last cursor"));
        }
        finally
        {
            FeedTelemetry.Subscribers.Add(-1);
            slots.Watchers.Free();
        }
    }

    /// <inheritdoc/>
    public override async Task<Wire.ListIncidentsResponse> List(Wire.ListIncidentsRequest request, ServerCallContext context)
    {
        var filter = new IncidentFilter
        {
            Streams = _fields.Names(request.StreamIds, "stream_ids"),
            Rules = _fields.Names(request.RuleIds, "rule_ids"),
            Violations = _fields.Names(request.Violations, "violations"),
            State = request.State.FromWire("state"),
            MinimumSeverity = request.MinimumSeverity.FromWire("minimum_severity"),
            MinimumTier = request.MinimumTier.FromWire("minimum_tier"),
            OpenedFrom = RequestFields.Moment(request.OpenedFrom, "opened_from"),
            OpenedBefore = RequestFields.Moment(request.OpenedBefore, "opened_before"),
        };
        var size = _fields.PageSize(request.PageSize);
        var filters = request.Clone();
        filters.PageSize = 0;
        filters.PageToken = "";
        var before = PageToken.ReadNumber(filters, request.PageToken);
        var page = await journal.ListIncidentsAsync(filter, size, before, context.CancellationToken);
        var response = new Wire.ListIncidentsResponse { NextPageToken = PageToken.Write(filters, page.Next) };
        response.Incidents.AddRange(page.Incidents.Select(kept => kept.Incident.ToWire()));
        return response;
    }

    /// <inheritdoc/>
    public override async Task<Wire.GetIncidentResponse> Get(Wire.GetIncidentRequest request, ServerCallContext context)
    {
        var id = _fields.Name(request.IncidentId, "incident_id");
        var kept = await journal.GetIncidentAsync(id, context.CancellationToken)
            ?? throw FeedError.NotFound("incident_id", "there is no such incident, or retention has purged it");
        return new Wire.GetIncidentResponse { Incident = kept.Incident.ToWire(), LastCursor = kept.LastCursor };
    }

    /// <inheritdoc/>
    public override async Task GetEvidence(
        Wire.GetEvidenceRequest request,
        IServerStreamWriter<Wire.GetEvidenceResponse> responseStream,
        ServerCallContext context)
    {
        var id = _fields.Name(request.EvidenceId, "evidence_id");
        if (!slots.EvidenceReads.TryTake())
            throw FeedError.Exhausted("evidence_reads", $"the feed is sending its greatest number of pictures, {options.Limits.MaxEvidenceReads}");
        try
        {
            await using var file = await journal.OpenEvidenceAsync(id, context.CancellationToken)
                ?? throw FeedError.NotFound("evidence_id", "there is no such picture, or retention has purged it");
            await SendAsync(file, responseStream, context.CancellationToken);
        }
        catch (EvidenceLostException exception)
        {
            Log.EvidenceLost(logger, exception.Message);
            throw new RpcException(new Status(StatusCode.DataLoss, "evidence_id: the picture is missing or damaged"));
        }
        finally
        {
            slots.EvidenceReads.Free();
        }
    }

    private async Task SendAsync(EvidenceFile file, IServerStreamWriter<Wire.GetEvidenceResponse> responses, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[options.Limits.EvidenceChunkBytes];
        var info = new Wire.EvidenceInfo
        {
            EvidenceId = file.Id,
            IncidentId = file.IncidentId,
            ContentType = file.ContentType,
            SizeBytes = file.Length,
            Sha256 = file.Sha256,
            At = file.At.ToWire(),
            Width = file.Width,
            Height = file.Height,
        };
        int read;
        while ((read = await file.Content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await responses.WriteAsync(new Wire.GetEvidenceResponse { Info = info, Chunk = ByteString.CopyFrom(buffer, 0, read) }, cancellationToken);
            FeedTelemetry.EvidenceBytes.Add(read);
            info = null;
        }

        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != file.Sha256)
            throw new EvidenceLostException(file.Id, "its bytes are not those that were written");
    }

    private static partial class Log
    {
        [LoggerMessage(5100, LogLevel.Debug, "A watch begins at {Start}")]
        public static partial void Watching(ILogger logger, Wire.WatchRequest.StartOneofCase start);

        [LoggerMessage(5101, LogLevel.Information, "A watch after cursor {After} cannot be served: the journal keeps {Oldest} to {Latest}")]
        public static partial void OutOfRange(ILogger logger, long after, long oldest, long latest);

        [LoggerMessage(5102, LogLevel.Information, "A watch ended: its client took nothing for {Stall}")]
        public static partial void Stalled(ILogger logger, TimeSpan stall);

        [LoggerMessage(5103, LogLevel.Error, "Evidence is lost: {Reason}")]
        public static partial void EvidenceLost(ILogger logger, string reason);
    }
}
