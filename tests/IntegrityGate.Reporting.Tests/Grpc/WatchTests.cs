using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Time;
using Payload = IntegrityGate.Reporting.V1.WatchResponse.PayloadOneofCase;
using Wire = IntegrityGate.Reporting.V1;

namespace IntegrityGate.Reporting.Tests;

public sealed class WatchTests
{
    [Fact]
    public async Task A_change_reaches_the_watcher_whole()
    {
        await using var host = await FeedHost.StartAsync();
        using var watch = host.Watch(new() { Now = new Empty() });
        Assert.Equal(Payload.Heartbeat, (await FeedHost.NextAsync(watch)).PayloadCase);
        var incident = Samples.Incident();

        var cursor = await host.OpenedAsync(incident);

        var message = await FeedHost.NextAsync(watch);
        Assert.Equal(cursor, message.Cursor);
        Assert.Equal(Wire.ChangeKind.Opened, message.Event.Kind);
        Assert.False(message.Event.Snapshot);
        Assert.Equal(Samples.Noon, message.Event.WrittenAt.ToDateTimeOffset());
        var sent = message.Event.Incident;
        Assert.Equal(
            (incident.Id, "stream-1", "session-1", "label.missing", "cn-2025.label.present", "GB 45438-2025 5.4"),
            (sent.Id, sent.StreamId, sent.SessionId, sent.Violation, sent.Rule.Id, sent.Rule.Clause));
        Assert.Equal(
            (Wire.Tier.Possible, Wire.VerdictBasis.Declaration, Wire.Severity.Violation, Wire.IncidentState.Open, Wire.Enforcement.Stamp),
            (sent.Tier, sent.Basis, sent.Severity, sent.State, sent.Action));
        Assert.Equal(incident.MediaFrom, new MediaTime((long)sent.MediaFrom.ToTimeSpan().TotalMilliseconds));
        Assert.Null(sent.ClosedAt);
        Assert.Null(sent.Review);
        var fact = sent.Facts[1];
        Assert.Equal(("text", "直播间", 0.75, 0.5, 12, 44.5), (fact.Kind, fact.Text, fact.Score, fact.Threshold, fact.Samples, fact.GlyphHeight));
        Assert.Equal(("ppocr-v4", 300.0), (fact.Model.Name, fact.Box.Width));
        Assert.False(sent.Facts[0].HasScore);
    }

    [Fact]
    public async Task A_watch_resumes_after_a_cursor_and_misses_nothing()
    {
        await using var host = await FeedHost.StartAsync();
        for (var number = 0; number < 600; number++)
            await host.OpenedAsync(Samples.Incident());
        using (var first = host.Watch(new() { FromBeginning = new Empty() }))
        {
            for (var cursor = 1; cursor <= 250; cursor++)
                Assert.Equal(cursor, (await FeedHost.NextEventAsync(first)).Cursor);
        }

        using var second = host.Watch(new() { AfterCursor = 250 });
        for (var cursor = 251; cursor <= 600; cursor++)
            Assert.Equal(cursor, (await FeedHost.NextEventAsync(second)).Cursor);
        await host.OpenedAsync(Samples.Incident());
        Assert.Equal(601, (await FeedHost.NextEventAsync(second)).Cursor);
    }

    [Fact]
    public async Task A_watch_without_a_start_tells_the_open_incidents_first_and_then_the_news()
    {
        await using var host = await FeedHost.StartAsync();
        var (open, over) = (Samples.Incident(), Samples.Incident());
        await host.OpenedAsync(over);
        await host.OpenedAsync(open);
        await host.WriteAsync(IncidentChangeKind.Updated, open with { Message = "still" });
        await host.WriteAsync(IncidentChangeKind.Closed, Samples.Closed(over));

        using var watch = host.Watch(new());

        var state = await FeedHost.NextAsync(watch);
        Assert.Equal((3, true, Wire.ChangeKind.Updated, open.Id, "still"), (state.Cursor, state.Event.Snapshot, state.Event.Kind, state.Event.Incident.Id, state.Event.Incident.Message));
        var beat = await FeedHost.NextAsync(watch);
        Assert.Equal((Payload.Heartbeat, 4), (beat.PayloadCase, beat.Cursor));
        await host.WriteAsync(IncidentChangeKind.Closed, Samples.Closed(open));
        var news = await FeedHost.NextAsync(watch);
        Assert.Equal((5, false, Wire.ChangeKind.Closed), (news.Cursor, news.Event.Snapshot, news.Event.Kind));
    }

    [Fact]
    public async Task A_watch_that_died_among_the_open_incidents_resumes_with_the_rest_of_them()
    {
        await using var host = await FeedHost.StartAsync();
        for (var number = 0; number < 5; number++)
            await host.OpenedAsync(Samples.Incident());
        using var first = host.Watch(new() { OpenIncidents = new Empty() });
        await FeedHost.NextAsync(first);
        var last = (await FeedHost.NextAsync(first)).Cursor;

        using var second = host.Watch(new() { AfterCursor = last });

        Assert.Equal(3, (await FeedHost.NextEventAsync(second)).Cursor);
        Assert.Equal(4, (await FeedHost.NextEventAsync(second)).Cursor);
        Assert.Equal(5, (await FeedHost.NextEventAsync(second)).Cursor);
    }

    [Fact]
    public async Task A_purged_cursor_is_out_of_range_and_the_error_says_what_is_kept()
    {
        await using var host = await FeedHost.StartAsync();
        for (var number = 0; number < 3; number++)
            await host.OpenedAsync(Samples.Incident());
        host.Time.Advance(TimeSpan.FromDays(1100));
        await host.OpenedAsync(Samples.Incident());
        await host.Journal.PurgeAsync(FeedHost.Cancel);

        using var watch = host.Watch(new() { AfterCursor = 1 });
        var exception = await FeedHost.EndsAsync(StatusCode.OutOfRange, watch);

        Assert.Equal(("4", "4"), (exception.Trailers.GetValue("oldest-cursor"), exception.Trailers.GetValue("latest-cursor")));
        using var next = host.Watch(new() { AfterCursor = 3 });
        Assert.Equal(4, (await FeedHost.NextEventAsync(next)).Cursor);
        using var beginning = host.Watch(new() { FromBeginning = new Empty() });
        Assert.Equal(4, (await FeedHost.NextEventAsync(beginning)).Cursor);
    }

    [Fact]
    public async Task A_cursor_of_another_journal_is_refused()
    {
        await using var host = await FeedHost.StartAsync();
        await host.OpenedAsync(Samples.Incident());

        await FeedHost.EndsAsync(StatusCode.OutOfRange, host.Watch(new() { AfterCursor = 2 }));
        await FeedHost.EndsAsync(StatusCode.FailedPrecondition, host.Watch(new() { AfterCursor = 1, JournalId = "other" }));
        using var watch = host.Watch(new() { AfterCursor = 1, JournalId = host.Journal.JournalId });
        Assert.Equal(host.Journal.JournalId, (await FeedHost.NextAsync(watch)).Heartbeat.JournalId);
    }

    [Fact]
    public async Task Heartbeats_come_at_the_interval_and_cover_what_the_filter_left_out()
    {
        await using var host = await FeedHost.StartAsync(options => options with { HeartbeatInterval = TimeSpan.FromSeconds(7) });
        using var watch = host.Watch(new() { Now = new Empty(), StreamIds = { "nobody" } });
        var first = await FeedHost.NextAsync(watch);
        Assert.Equal((0, 0, 1), (first.Cursor, first.Heartbeat.LatestCursor, first.Heartbeat.OldestCursor));
        Assert.Equal(TimeSpan.FromSeconds(7), first.Heartbeat.Interval.ToTimeSpan());
        var second = FeedHost.NextAsync(watch);
        await host.OpenedAsync(Samples.Incident());
        await host.OpenedAsync(Samples.Incident());

        host.Time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.False(second.IsCompleted);
        host.Time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(Payload.Heartbeat, (await second).PayloadCase);

        // The events are scanned between beats; the first beat after that covers them.
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var next = FeedHost.NextAsync(watch);
            host.Time.Advance(TimeSpan.FromSeconds(7));
            if ((await next).Cursor == 2)
                return;
        }

        Assert.Fail("no heartbeat covered the events");
    }

    [Fact]
    public async Task Filters_are_combined()
    {
        await using var host = await FeedHost.StartAsync();
        using var watch = host.Watch(new()
        {
            FromBeginning = new Empty(),
            StreamIds = { "a", "b" },
            Violations = { ViolationCode.LabelMissing },
            MinimumSeverity = Wire.Severity.Violation,
        });
        await host.OpenedAsync(Samples.Incident(stream: "c"));
        await host.OpenedAsync(Samples.Incident(stream: "a", severity: Severity.Review));
        await host.OpenedAsync(Samples.Incident(stream: "b", violation: ViolationCode.LabelWording));
        await host.OpenedAsync(Samples.Incident(stream: "b", severity: Severity.Critical));
        await host.OpenedAsync(Samples.Incident(stream: "a"));

        Assert.Equal(4, (await FeedHost.NextEventAsync(watch)).Cursor);
        Assert.Equal(5, (await FeedHost.NextEventAsync(watch)).Cursor);
    }

    [Fact]
    public async Task A_filter_holds_for_the_open_incidents_too()
    {
        await using var host = await FeedHost.StartAsync();
        await host.OpenedAsync(Samples.Incident(stream: "a"));
        await host.OpenedAsync(Samples.Incident(stream: "b"));

        using var watch = host.Watch(new() { StreamIds = { "b" } });

        Assert.Equal(2, (await FeedHost.NextAsync(watch)).Cursor);
        Assert.Equal(Payload.Heartbeat, (await FeedHost.NextAsync(watch)).PayloadCase);
    }

    [Fact]
    public async Task A_slow_watcher_holds_up_neither_the_writer_nor_the_others_and_is_told_everything()
    {
        await using var host = await FeedHost.StartAsync();
        var slowFeed = new Wire.ViolationFeed.ViolationFeedClient(host.Channel());
        using var slow = slowFeed.Watch(new() { Now = new Empty() }, cancellationToken: FeedHost.Cancel);
        using var quick = host.Watch(new() { Now = new Empty() });
        await FeedHost.NextAsync(slow);
        await FeedHost.NextAsync(quick);

        // 40 MB: far over what flow control and pipes hold for a client that does not read.
        var large = Samples.Incident() with { Message = new string('x', 100_000) };
        for (var cursor = 1; cursor <= 400; cursor++)
        {
            await host.WriteAsync(IncidentChangeKind.Updated, large);
            Assert.Equal(cursor, (await FeedHost.NextEventAsync(quick)).Cursor);
        }

        for (var cursor = 1; cursor <= 400; cursor++)
            Assert.Equal(cursor, (await FeedHost.NextEventAsync(slow)).Cursor);
    }

    [Fact]
    public async Task A_watcher_that_takes_nothing_for_too_long_loses_its_place()
    {
        await using var host = await FeedHost.StartAsync(options => options with
        {
            Limits = options.Limits with { MaxWatchers = 1, MaxWatcherStall = TimeSpan.FromSeconds(30) },
            HeartbeatInterval = TimeSpan.FromMinutes(10),
        });
        using var stuck = host.Watch(new() { Now = new Empty() });
        await FeedHost.NextAsync(stuck);
        var large = Samples.Incident() with { Message = new string('x', 1_000_000) };
        for (var number = 0; number < 10; number++)
            await host.WriteAsync(IncidentChangeKind.Updated, large);
        var other = new Wire.ViolationFeed.ViolationFeedClient(host.Channel());

        // Each attempt gives the stuck call time on the fake clock only.
        for (var attempt = 0; attempt < 2000; attempt++)
        {
            using var next = other.Watch(new() { Now = new Empty() }, cancellationToken: FeedHost.Cancel);
            try
            {
                Assert.Equal(10, (await FeedHost.NextAsync(next)).Cursor);
                return;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.ResourceExhausted)
            {
                host.Time.Advance(TimeSpan.FromSeconds(10));
            }
        }

        Assert.Fail("the stuck watcher kept its place");
    }

    [Fact]
    public async Task One_watcher_too_many_is_refused_until_another_leaves()
    {
        await using var host = await FeedHost.StartAsync(options => options with { Limits = options.Limits with { MaxWatchers = 2 } });
        var first = host.Watch(new() { Now = new Empty() });
        using var second = host.Watch(new() { Now = new Empty() });
        await FeedHost.NextAsync(first);
        await FeedHost.NextAsync(second);

        await FeedHost.EndsAsync(StatusCode.ResourceExhausted, host.Watch(new()));

        first.Dispose();
        for (var attempt = 0; ; attempt++)
        {
            // The server hears of the leaving after the client has left.
            using var third = host.Watch(new() { Now = new Empty() });
            try
            {
                await FeedHost.NextAsync(third);
                break;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.ResourceExhausted && attempt < 2000)
            {
            }
        }
    }

    [Fact]
    public async Task A_stopping_gate_ends_its_watches_as_unavailable()
    {
        await using var host = await FeedHost.StartAsync();
        using var watch = host.Watch(new() { Now = new Empty() });
        await FeedHost.NextAsync(watch);

        var ended = FeedHost.EndsAsync(StatusCode.Unavailable, watch);
        await host.ShutDownAsync();

        await ended;
    }

    [Fact]
    public async Task A_watch_resumes_across_a_restart_and_hears_that_open_incidents_were_closed()
    {
        var host = await FeedHost.StartAsync();
        var incident = Samples.Incident();
        await host.OpenedAsync(incident);
        await using var restarted = await host.RestartAsync();

        using var watch = restarted.Watch(new() { AfterCursor = 1 });

        var closed = await FeedHost.NextEventAsync(watch);
        Assert.Equal(
            (2, Wire.ChangeKind.Closed, incident.Id, "gate restarted"),
            (closed.Cursor, closed.Event.Kind, closed.Event.Incident.Id, closed.Event.Incident.CloseReason));
    }
}
