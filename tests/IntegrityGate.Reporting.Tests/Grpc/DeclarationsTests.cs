using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;
using IntegrityGate.Reporting.Streams;
using Wire = IntegrityGate.Reporting.V1;

namespace IntegrityGate.Reporting.Tests;

public sealed class DeclarationsTests
{
    [Fact]
    public async Task A_live_stream_is_told_at_once_on_its_own_clock()
    {
        await using var host = await FeedHost.StartAsync();
        host.Streams.Start("room-7");

        var answer = await host.Declarations.DeclareAsync(Request(
            from: new() { WallClock = Timestamp.FromDateTimeOffset(Samples.Noon.AddSeconds(40)) },
            until: new() { MediaTime = Duration.FromTimeSpan(TimeSpan.FromSeconds(90)) }));

        // Wall clock 12:00:10 is media 9.5 s, so 12:00:40 is 39.5 s.
        var command = Assert.IsType<DeclareCommand>(Assert.Single(host.Streams.Commands));
        Assert.Equal(
            new Claim(answer.Declaration.Id, ClaimSource.Api, AigcAttribute.Possible, new MediaTime(39_500), new MediaTime(90_000), null, "platform"),
            command.Claim);
        Assert.Equal((true, false, "session-1"), (answer.AppliedToLiveStream, answer.AlreadyDeclared, answer.Declaration.SessionId));
        Assert.Equal(("room-7", "contract 12", Samples.Noon), (answer.Declaration.StreamId, answer.Declaration.Agreement, answer.Declaration.DeclaredAt.ToDateTimeOffset()));
    }

    [Fact]
    public async Task A_declaration_waits_for_its_stream_even_across_a_restart()
    {
        var first = await FeedHost.StartAsync();
        var answer = await first.Declarations.DeclareAsync(Request());
        Assert.False(answer.AppliedToLiveStream);
        await using var host = await first.RestartAsync();

        var waiting = await host.Book.ForSessionAsync(new StreamId("room-7"), "session-1", FeedHost.Cancel);

        var declaration = Assert.Single(waiting);
        Assert.Equal(answer.Declaration.Id, declaration.Id);
        Assert.Equal(
            new Claim(declaration.Id, ClaimSource.Api, AigcAttribute.Possible, null, null, null, "platform"),
            declaration.ToClaim(new ClockAnchor(Samples.Noon, MediaTime.Zero)));
        Assert.Empty(await host.Book.ForSessionAsync(new StreamId("room-8"), "session-1", FeedHost.Cancel));

        // Until it is withdrawn it holds for every session of the stream.
        Assert.Single(await host.Book.ForSessionAsync(new StreamId("room-7"), "session-2", FeedHost.Cancel));
    }

    [Fact]
    public async Task A_declaration_in_media_time_belongs_to_one_session()
    {
        await using var host = await FeedHost.StartAsync();
        var stream = new StreamId("room-7");
        var bound = new Wire.DeclarationMoment { MediaTime = Duration.FromTimeSpan(TimeSpan.FromSeconds(5)) };
        var waiting = (await host.Declarations.DeclareAsync(Request(from: bound))).Declaration;
        Assert.Equal("", waiting.SessionId);

        Assert.Equal("session-1", Assert.Single(await host.Book.ForSessionAsync(stream, "session-1", FeedHost.Cancel)).SessionId);
        Assert.Single(await host.Book.ForSessionAsync(stream, "session-1", FeedHost.Cancel)); // a reconnect to the same session
        host.Time.Advance(TimeSpan.FromHours(1));
        Assert.Empty(await host.Book.ForSessionAsync(stream, "session-2", FeedHost.Cancel));

        var listed = await host.Declarations.ListAsync(new() { StreamId = "room-7", IncludeEnded = true });
        Assert.Equal(Samples.Noon.AddHours(1), Assert.Single(listed.Declarations).EndedAt.ToDateTimeOffset());
        Assert.Empty((await host.Declarations.ListAsync(new() { StreamId = "room-7" })).Declarations);
    }

    [Fact]
    public async Task A_declaration_for_a_session_that_is_over_tells_nobody()
    {
        await using var host = await FeedHost.StartAsync();
        host.Streams.Start("room-7", "session-2");
        var request = Request();
        request.SessionId = "session-1";

        Assert.False((await host.Declarations.DeclareAsync(request)).AppliedToLiveStream);
        Assert.Empty(host.Streams.Commands);
    }

    [Fact]
    public async Task A_declaration_ends_when_its_wall_clock_has_passed()
    {
        await using var host = await FeedHost.StartAsync();
        await host.Declarations.DeclareAsync(Request(until: new() { WallClock = Timestamp.FromDateTimeOffset(Samples.Noon.AddHours(1)) }));
        var stream = new StreamId("room-7");

        Assert.Single(await host.Book.ForSessionAsync(stream, "session-1", FeedHost.Cancel));
        host.Time.Advance(TimeSpan.FromHours(1));
        Assert.Empty(await host.Book.ForSessionAsync(stream, "session-1", FeedHost.Cancel));
    }

    [Fact]
    public async Task A_withdrawal_reaches_the_live_stream_and_does_nothing_twice()
    {
        await using var host = await FeedHost.StartAsync();
        host.Streams.Start("room-7");
        var id = (await host.Declarations.DeclareAsync(Request())).Declaration.Id;
        host.Streams.Commands.Clear();

        var first = await host.Declarations.WithdrawAsync(new() { DeclarationId = id, By = "ada", Why = "a mistake" });
        host.Time.Advance(TimeSpan.FromMinutes(1));
        var second = await host.Declarations.WithdrawAsync(new() { DeclarationId = id, By = "bob", Why = "again" });

        Assert.True(first.AppliedToLiveStream);
        Assert.Equal(new WithdrawCommand(new StreamId("room-7"), id), host.Streams.Commands.First());
        Assert.Equal(("ada", "a mistake", Samples.Noon), (second.Declaration.WithdrawnBy, second.Declaration.WithdrawnWhy, second.Declaration.WithdrawnAt.ToDateTimeOffset()));
        Assert.Empty(await host.Book.ForSessionAsync(new StreamId("room-7"), "session-1", FeedHost.Cancel));
        await FeedHost.FailsAsync(StatusCode.NotFound, async () => await host.Declarations.WithdrawAsync(new() { DeclarationId = "x", By = "a", Why = "b" }));
        Assert.Equal(
            ["withdraw Applied", "declare Applied"],
            (await host.StreamControl.ListAuditAsync(new())).Entries.Select(entry => $"{entry.Action} {entry.Outcome}"));
    }

    [Fact]
    public async Task A_retry_with_the_same_key_declares_once()
    {
        await using var host = await FeedHost.StartAsync();
        host.Streams.Start("room-7");
        var request = Request(from: new() { WallClock = new Timestamp { Seconds = 1_772_366_400, Nanos = 123_456_789 } });
        request.IdempotencyKey = "k1";
        var first = await host.Declarations.DeclareAsync(request);
        host.Streams.Start("room-7", "session-2");

        var again = await host.Declarations.DeclareAsync(request);

        Assert.Equal((first.Declaration.Id, true), (again.Declaration.Id, again.AlreadyDeclared));
        Assert.Single((await host.Declarations.ListAsync(new())).Declarations);
        var other = request.Clone();
        other.Attribute = Wire.AigcAttribute.Generated;
        await FeedHost.FailsAsync(StatusCode.AlreadyExists, async () => await host.Declarations.DeclareAsync(other));

        // The key is the stream's: another stream may use the same.
        other.StreamId = "room-8";
        Assert.False((await host.Declarations.DeclareAsync(other)).AlreadyDeclared);
    }

    [Fact]
    public async Task One_declaration_too_many_is_refused_and_a_withdrawal_makes_room()
    {
        await using var host = await FeedHost.StartAsync(options => options with { Limits = options.Limits with { MaxDeclarationsPerStream = 2 } });
        var first = (await host.Declarations.DeclareAsync(Request())).Declaration;
        await host.Declarations.DeclareAsync(Request());

        await FeedHost.FailsAsync(StatusCode.ResourceExhausted, async () => await host.Declarations.DeclareAsync(Request()));

        await host.Declarations.WithdrawAsync(new() { DeclarationId = first.Id, By = "ada", Why = "old" });
        await host.Declarations.DeclareAsync(Request());
    }

    [Fact]
    public async Task Declarations_are_listed_in_pages_the_newest_first()
    {
        await using var host = await FeedHost.StartAsync();
        var ids = new List<string>();
        for (var number = 0; number < 7; number++)
            ids.Add((await host.Declarations.DeclareAsync(Request())).Declaration.Id);

        var listed = new List<string>();
        var request = new Wire.ListDeclarationsRequest { PageSize = 3, StreamId = "room-7" };
        do
        {
            var page = await host.Declarations.ListAsync(request);
            listed.AddRange(page.Declarations.Select(declaration => declaration.Id));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(Enumerable.Reverse(ids), listed);
        Assert.Empty((await host.Declarations.ListAsync(new() { StreamId = "room-8" })).Declarations);
    }

    [Fact]
    public async Task A_stream_that_refuses_keeps_the_declaration_and_the_audit_says_why()
    {
        await using var host = await FeedHost.StartAsync();
        host.Streams.Start("room-7");
        host.Streams.Answer = _ => CommandResult.Refused("the stream is ending");

        Assert.False((await host.Declarations.DeclareAsync(Request())).AppliedToLiveStream);

        var entry = Assert.Single((await host.StreamControl.ListAuditAsync(new())).Entries);
        Assert.Equal(
            ("declare", "platform", "contract 12", Wire.AuditOutcome.Refused, "the stream is ending"),
            (entry.Action, entry.Who, entry.Why, entry.Outcome, entry.OutcomeDetail));
        Assert.Single((await host.Declarations.ListAsync(new())).Declarations);
    }

    private static Wire.DeclareRequest Request(Wire.DeclarationMoment? from = null, Wire.DeclarationMoment? until = null) => new()
    {
        StreamId = "room-7",
        Attribute = Wire.AigcAttribute.Possible,
        From = from,
        Until = until,
        By = "platform",
        Agreement = "contract 12",
    };
}
