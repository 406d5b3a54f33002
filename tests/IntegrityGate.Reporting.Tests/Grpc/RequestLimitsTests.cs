using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using IntegrityGate.Reporting.Grpc;
using IntegrityGate.Reporting.Journal;
using Wire = IntegrityGate.Reporting.V1;

namespace IntegrityGate.Reporting.Tests;

public sealed class RequestLimitsTests
{
    private static readonly string _long = new('x', 129);

    private static List<(string Field, IMessage Request)> WrongRequests =>
    [
        ("after_cursor", new Wire.WatchRequest { AfterCursor = -1 }),
        ("stream_ids[1]", new Wire.WatchRequest { StreamIds = { "a", "" } }),
        ("stream_ids", new Wire.WatchRequest { StreamIds = { Enumerable.Repeat("a", 257) } }),
        ("violations[0]", new Wire.WatchRequest { Violations = { "a\u0001" } }),
        ("minimum_severity", new Wire.WatchRequest { MinimumSeverity = (Wire.Severity)99 }),
        ("journal_id", new Wire.WatchRequest { JournalId = _long }),
        ("page_size", new Wire.ListIncidentsRequest { PageSize = -1 }),
        ("page_size", new Wire.ListIncidentsRequest { PageSize = 1001 }),
        ("state", new Wire.ListIncidentsRequest { State = (Wire.IncidentState)7 }),
        ("minimum_tier", new Wire.ListIncidentsRequest { MinimumTier = (Wire.Tier)(-1) }),
        ("opened_from", new Wire.ListIncidentsRequest { OpenedFrom = new Timestamp { Nanos = -5 } }),
        ("opened_before", new Wire.ListIncidentsRequest { OpenedBefore = new Timestamp { Seconds = long.MaxValue } }),
        ("incident_id", new Wire.GetIncidentRequest()),
        ("evidence_id", new Wire.GetEvidenceRequest { EvidenceId = _long }),
        ("stream_id", Declare(request => request.StreamId = "")),
        ("stream_id", Declare(request => request.StreamId = "Room 7")),
        ("stream_id", Declare(request => request.StreamId = new string('a', 65))),
        ("attribute", Declare(request => request.Attribute = Wire.AigcAttribute.Unspecified)),
        ("attribute", Declare(request => request.Attribute = (Wire.AigcAttribute)9)),
        ("by", Declare(request => request.By = "")),
        ("agreement", Declare(request => request.Agreement = new string('x', 1025))),
        ("idempotency_key", Declare(request => request.IdempotencyKey = _long)),
        ("session_id", Declare(request => request.SessionId = "a\nb")),
        ("from", Declare(request => request.From = new())),
        ("from.media_time", Declare(request => request.From = new() { MediaTime = new Duration { Seconds = long.MinValue } })),
        ("from.media_time", Declare(request => request.From = new() { MediaTime = new Duration { Seconds = 1, Nanos = -1 } })),
        ("until.wall_clock", Declare(request => request.Until = new() { WallClock = new Timestamp { Nanos = int.MaxValue } })),
        ("until", Declare(request => (request.From, request.Until) = (Media(5), Media(5)))),
        ("until", Declare(request => (request.From, request.Until) = (Wall(5), Wall(4)))),
        ("declaration_id", new Wire.WithdrawRequest { By = "a", Why = "b" }),
        ("by", new Wire.WithdrawRequest { DeclarationId = "a", Why = "b" }),
        ("why", new Wire.WithdrawRequest { DeclarationId = "a", By = "b", Why = " " }),
        ("incident_id", new Wire.DecideRequest { Decision = Wire.ReviewDecision.Confirm, Who = "a", Why = "b" }),
        ("decision", new Wire.DecideRequest { IncidentId = "i", Who = "a", Why = "b" }),
        ("who", new Wire.DecideRequest { IncidentId = "i", Decision = Wire.ReviewDecision.Confirm, Why = "b" }),
        ("why", new Wire.DecideRequest { IncidentId = "i", Decision = Wire.ReviewDecision.Confirm, Who = "a" }),
        ("page_token", new Wire.ListStreamsRequest { PageToken = "%" }),
        ("who", new Wire.SetInspectionRequest { StreamId = "a", Why = "b" }),
        ("tier", new Wire.ForceStampRequest { StreamId = "a", Who = "a", Why = "b" }),
        ("wording", new Wire.ForceStampRequest { StreamId = "a", Tier = Wire.Tier.Possible, Wording = new string('字', 33), Who = "a", Why = "b" }),
        ("why", new Wire.LiftStampRequest { StreamId = "a", Who = "b" }),
        ("why", new Wire.ReleaseOverrideRequest { StreamId = "a", Who = "b" }),
        ("why", new Wire.CloseStreamRequest { StreamId = "a", Who = "b" }),
        ("who", new Wire.ListAuditRequest { Who = _long }),
        ("stream_id", new Wire.ListAuditRequest { StreamId = "A" }),
    ];

    [Fact]
    public async Task A_wrong_field_is_named_in_the_message_and_in_a_trailer()
    {
        await using var host = await FeedHost.StartAsync();
        foreach (var (field, request) in WrongRequests)
        {
            var exception = await FeedHost.FailsAsync(StatusCode.InvalidArgument, () => CallAsync(host, request));
            Assert.Equal(field, exception.Trailers.GetValue("field"));
            Assert.StartsWith($"{field}: ", exception.Status.Detail, StringComparison.Ordinal);
        }

        Assert.Empty(host.Streams.Commands);
        Assert.Empty((await host.StreamControl.ListAuditAsync(new())).Entries);
    }

    [Fact]
    public async Task A_request_over_the_limit_of_bytes_is_refused()
    {
        await using var host = await FeedHost.StartAsync();

        await FeedHost.FailsAsync(
            StatusCode.ResourceExhausted,
            async () => await host.Feed.GetAsync(new() { IncidentId = new string('x', 70_000) }));
    }

    [Fact]
    public async Task A_journal_that_cannot_be_opened_ends_the_start_with_its_reason()
    {
        var exception = await Assert.ThrowsAsync<JournalException>(() => FeedHost.StartAsync(
            options => options with { Journal = options.Journal with { Folder = "/dev/null/journal" } }));

        Assert.Contains("/dev/null/journal", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_that_cannot_be_read_is_unavailable_and_no_path_is_told()
    {
        await using var host = await FeedHost.StartAsync();
        await host.Journal.DisposeAsync();

        var exceptions = new[]
        {
            await FeedHost.FailsAsync(StatusCode.Unavailable, async () => await host.Feed.ListAsync(new())),
            await FeedHost.EndsAsync(StatusCode.Unavailable, host.Watch(new() { AfterCursor = 0 })),
            await FeedHost.FailsAsync(StatusCode.Unavailable, async () => await host.Declarations.DeclareAsync(Declare(_ => { }))),
        };

        Assert.All(exceptions, exception => Assert.DoesNotContain("/", exception.Status.Detail, StringComparison.Ordinal));
    }

    [Fact]
    public void Whatever_a_stranger_sends_as_token_duration_or_time_is_answered_or_refused()
    {
        var random = new Random(20260301);
        var filters = new Wire.ListIncidentsRequest();
        var good = PageToken.Write(filters, 123456789L);
        var refused = 0;
        for (var round = 0; round < 70_000; round++)
        {
            refused += Try(() => PageToken.ReadNumber(filters, Mutate(good, random)));
            refused += Try(() => RequestFields.Media(new Duration { Seconds = Wild(random), Nanos = (int)Wild(random) }, "f"));
            refused += Try(() => RequestFields.Moment(new Timestamp { Seconds = Wild(random), Nanos = (int)Wild(random) }, "f"));
        }

        // The fuzzer reaches both sides.
        Assert.InRange(refused, 30_000, 200_000);

        static int Try(Action read)
        {
            try
            {
                read();
                return 0;
            }
            catch (RpcException exception)
            {
                Assert.Equal(StatusCode.InvalidArgument, exception.StatusCode);
                return 1;
            }
        }
    }

    [Fact]
    public void The_fuzzer_finds_a_reader_that_trusts_its_token()
    {
        var random = new Random(20260301);
        var good = PageToken.Write(new Wire.ListIncidentsRequest(), 123456789L);

        Assert.ThrowsAny<Exception>(() =>
        {
            for (var round = 0; round < 70_000; round++)
                Convert.FromBase64String(Mutate(good, random));
        });
    }

    private static string Mutate(string token, Random random)
    {
        var letters = token.ToCharArray().ToList();
        for (var change = random.Next(0, 3); change > 0; change--)
        {
            var at = random.Next(letters.Count);
            switch (random.Next(4))
            {
                case 0: letters[at] = (char)random.Next(1, 0x3000); break;
                case 1: letters.RemoveAt(at); break;
                case 2: letters.Insert(at, "Az09-_=+/ "[random.Next(10)]); break;
                default: letters.RemoveRange(at, letters.Count - at); break;
            }

            if (letters.Count == 0)
                break;
        }

        return new string([.. letters]);
    }

    private static long Wild(Random random) => random.Next(6) switch
    {
        0 => random.NextInt64(),
        1 => -random.NextInt64(),
        2 => 0,
        3 => random.Next(-1000, 1000),
        4 => random.NextInt64(-400_000_000_000, 400_000_000_000),
        _ => long.MinValue + random.Next(3),
    };

    private static Wire.DeclareRequest Declare(Action<Wire.DeclareRequest> change)
    {
        var request = new Wire.DeclareRequest { StreamId = "room-7", Attribute = Wire.AigcAttribute.Possible, By = "platform" };
        change(request);
        return request;
    }

    private static Wire.DeclarationMoment Media(int seconds) => new() { MediaTime = new Duration { Seconds = seconds } };

    private static Wire.DeclarationMoment Wall(int seconds) => new() { WallClock = new Timestamp { Seconds = seconds } };

    private static async Task CallAsync(FeedHost host, IMessage message)
    {
        switch (message)
        {
            case Wire.WatchRequest request:
                using (var watch = host.Watch(request))
                    await watch.ResponseStream.MoveNext(FeedHost.Cancel);
                break;
            case Wire.GetEvidenceRequest request:
                using (var read = host.Feed.GetEvidence(request))
                    await read.ResponseStream.MoveNext(FeedHost.Cancel);
                break;
            case Wire.ListIncidentsRequest request: await host.Feed.ListAsync(request); break;
            case Wire.GetIncidentRequest request: await host.Feed.GetAsync(request); break;
            case Wire.DeclareRequest request: await host.Declarations.DeclareAsync(request); break;
            case Wire.WithdrawRequest request: await host.Declarations.WithdrawAsync(request); break;
            case Wire.DecideRequest request: await host.Reviews.DecideAsync(request); break;
            case Wire.ListStreamsRequest request: await host.StreamControl.ListAsync(request); break;
            case Wire.SetInspectionRequest request: await host.StreamControl.SetInspectionAsync(request); break;
            case Wire.ForceStampRequest request: await host.StreamControl.ForceStampAsync(request); break;
            case Wire.LiftStampRequest request: await host.StreamControl.LiftStampAsync(request); break;
            case Wire.ReleaseOverrideRequest request: await host.StreamControl.ReleaseOverrideAsync(request); break;
            case Wire.CloseStreamRequest request: await host.StreamControl.CloseAsync(request); break;
            case Wire.ListAuditRequest request: await host.StreamControl.ListAuditAsync(request); break;
            default: Assert.Fail($"no call for {message.Descriptor.Name}"); break;
        }
    }
}
