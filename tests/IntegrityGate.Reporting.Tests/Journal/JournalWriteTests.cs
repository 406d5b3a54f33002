using IntegrityGate.Core.Incidents;
using IntegrityGate.Reporting.Journal;

namespace IntegrityGate.Reporting.Tests;

public sealed class JournalWriteTests
{
    [Fact]
    public async Task An_event_is_read_back_as_it_was_written()
    {
        await using var test = new TestJournal();
        var incident = Samples.Incident();

        var cursor = await test.OpenedAsync(incident);

        var read = Assert.Single(await test.AllEventsAsync());
        Assert.Equal(cursor, read.Cursor);
        Assert.Equal(IncidentChangeKind.Opened, read.Kind);
        Assert.Equivalent(incident, read.Incident, strict: true);
        Assert.Equal(Samples.Noon, read.WrittenAt);
    }

    [Fact]
    public async Task Cursors_rise_from_one_and_survive_reopening()
    {
        await using var test = new TestJournal();
        Assert.Equal(0, test.Journal.LatestCursor);
        Assert.Equal(1, test.Journal.OldestCursor);

        Assert.Equal(1, await test.OpenedAsync(Samples.Incident()));
        var incident = Samples.Incident();
        Assert.Equal(2, await test.OpenedAsync(incident));
        Assert.Equal(3, await test.ClosedAsync(incident));
        var id = test.Journal.JournalId;

        var reopened = await test.ReopenAsync();

        Assert.Equal(id, reopened.JournalId);
        Assert.Equal(4, reopened.LatestCursor); // the first incident was closed at reopening
        Assert.Equal(5, await test.OpenedAsync(Samples.Incident()));
    }

    [Fact]
    public async Task The_incident_holds_the_latest_state()
    {
        await using var test = new TestJournal();
        var incident = Samples.Incident();
        await test.OpenedAsync(incident);
        await test.UpdatedAsync(incident with { Message = "still" });
        var last = await test.ClosedAsync(incident);

        var kept = await test.Journal.GetIncidentAsync(incident.Id, TestJournal.Cancel);

        Assert.NotNull(kept);
        Assert.Equal(1, kept.FirstCursor);
        Assert.Equal(last, kept.LastCursor);
        Assert.Equivalent(Samples.Closed(incident), kept.Incident, strict: true);
        Assert.Null(await test.Journal.GetIncidentAsync("no such", TestJournal.Cancel));
    }

    [Fact]
    public async Task Concurrent_writers_each_get_their_own_cursor()
    {
        await using var test = new TestJournal();

        var cursors = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => Task.Run(() => test.OpenedAsync(Samples.Incident()))));

        Assert.Equal(Enumerable.Range(1, 500).Select(cursor => (long)cursor), cursors.Order());
        Assert.Equal(500, (await test.AllEventsAsync()).Count);
    }

    [Fact]
    public async Task A_waiter_wakes_when_an_event_is_durable_and_not_before()
    {
        await using var test = new TestJournal();
        var waiting = test.Journal.WaitForEventsAsync(0, TestJournal.Cancel);
        Assert.False(waiting.IsCompleted);

        await test.OpenedAsync(Samples.Incident());

        await waiting;
        Assert.Single(await test.AllEventsAsync());
        Assert.True(test.Journal.WaitForEventsAsync(0, TestJournal.Cancel).IsCompleted);
        Assert.False(test.Journal.WaitForEventsAsync(1, TestJournal.Cancel).IsCompleted);
    }

    [Fact]
    public async Task Reading_ahead_of_the_journal_is_out_of_range()
    {
        await using var test = new TestJournal();
        await test.OpenedAsync(Samples.Incident());

        Assert.Empty((await test.Journal.ReadEventsAsync(1, 10, null, TestJournal.Cancel)).Events);
        var exception = await Assert.ThrowsAsync<CursorOutOfRangeException>(async () => await test.Journal.ReadEventsAsync(2, 10, null, TestJournal.Cancel));

        Assert.Equal((2, 1, 1), (exception.After, exception.Oldest, exception.Latest));
    }

    [Fact]
    public async Task A_filter_leaves_out_and_still_advances()
    {
        await using var test = new TestJournal();
        await test.OpenedAsync(Samples.Incident(stream: "a", severity: Severity.Review));
        await test.OpenedAsync(Samples.Incident(stream: "b", severity: Severity.Violation));
        await test.OpenedAsync(Samples.Incident(stream: "a", severity: Severity.Critical, violation: ViolationCode.CannotStamp));
        await test.OpenedAsync(Samples.Incident(stream: "c"));

        await ExpectAsync(new EventFilter(Set("a"), Set(), Severity.Info), 1, 3);
        await ExpectAsync(new EventFilter(Set("a", "b"), Set(), Severity.Info), 1, 2, 3);
        await ExpectAsync(new EventFilter(Set("a"), Set(), Severity.Violation), 3);
        await ExpectAsync(new EventFilter(Set(), Set(ViolationCode.CannotStamp), Severity.Info), 3);
        await ExpectAsync(new EventFilter(Set("nobody"), Set(), Severity.Info));

        async Task ExpectAsync(EventFilter filter, params long[] cursors)
        {
            var batch = await test.Journal.ReadEventsAsync(0, 100, filter, TestJournal.Cancel);
            Assert.Equal(4, batch.ScannedThrough);
            Assert.Equal(cursors, batch.Events.Select(entry => entry.Cursor));
        }

        static HashSet<string> Set(params string[] values) => [.. values];
    }

    [Fact]
    public async Task A_batch_ends_at_its_greatest_number_or_size()
    {
        await using var test = new TestJournal();
        var large = Samples.Incident() with { Message = new string('x', 300_000) };
        for (var number = 0; number < 8; number++)
            await test.UpdatedAsync(large);

        var few = await test.Journal.ReadEventsAsync(0, 3, null, TestJournal.Cancel);
        var big = await test.Journal.ReadEventsAsync(0, 100, null, TestJournal.Cancel);

        Assert.Equal((3, 3), (few.Events.Count, few.ScannedThrough));
        Assert.Equal((4, 4), (big.Events.Count, big.ScannedThrough));
    }

    [Fact]
    public async Task A_change_without_a_review_keeps_the_one_there_is()
    {
        await using var test = new TestJournal();
        var incident = Samples.Incident();
        await test.OpenedAsync(incident);
        var review = new Review(ReviewDecision.Dismissed, "ada", "a real host", Samples.Noon.AddMinutes(1));

        var reviewed = await test.Journal.ReviewAsync(incident.Id, review, TestJournal.Cancel);
        await test.ClosedAsync(incident);

        Assert.Equal(2, reviewed!.Cursor);
        Assert.Equal(review, (await test.Journal.GetIncidentAsync(incident.Id, TestJournal.Cancel))!.Incident.Review);
        Assert.Equal([null, review, review], (await test.AllEventsAsync()).Select(entry => entry.Incident.Review));
        Assert.Null(await test.Journal.ReviewAsync("no such", review, TestJournal.Cancel));
        Assert.Equal(3, test.Journal.LatestCursor);
    }

    [Fact]
    public async Task An_older_review_does_not_replace_a_newer_one()
    {
        await using var test = new TestJournal();
        var incident = Samples.Incident();
        await test.OpenedAsync(incident);
        var older = new Review(ReviewDecision.Dismissed, "ada", "real", Samples.Noon.AddMinutes(1));
        var newer = new Review(ReviewDecision.Confirmed, "bob", "not real", Samples.Noon.AddMinutes(2));
        await test.Journal.ReviewAsync(incident.Id, older, TestJournal.Cancel);
        await test.Journal.ReviewAsync(incident.Id, newer, TestJournal.Cancel);

        await test.UpdatedAsync(incident with { Review = older });

        Assert.Equal(newer, (await test.Journal.GetIncidentAsync(incident.Id, TestJournal.Cancel))!.Incident.Review);
        await test.UpdatedAsync(incident with { Review = newer with { Why = "by the judge's own clock", At = newer.At.AddMinutes(1) } });
        Assert.Equal("by the judge's own clock", (await test.Journal.GetIncidentAsync(incident.Id, TestJournal.Cancel))!.Incident.Review!.Why);
    }

    [Fact]
    public async Task A_write_that_fails_takes_nothing_of_the_others_in_its_commit()
    {
        await using var test = new TestJournal();
        using var gate = new ManualResetEventSlim();
        var first = test.Journal.WriteRowsAsync(
            _ =>
            {
                gate.Wait(TestJournal.Cancel); // so that the rest gathers into one commit
                return 0;
            },
            TestJournal.Cancel);
        var before = test.OpenedAsync(Samples.Incident());
        var broken = test.Journal.WriteRowsAsync<int>(
            db =>
            {
                EventRows.Append(db, new(IncidentChangeKind.Opened, Samples.Incident()), Samples.Noon);
                throw new InvalidOperationException("a bug");
            },
            TestJournal.Cancel);
        var refused = test.Journal.WriteRowsAsync(db => db.Execute("INSERT INTO meta(name, value) VALUES('journal_id', 1)"), TestJournal.Cancel);
        var after = test.OpenedAsync(Samples.Incident());
        gate.Set();

        await first;
        var cursors = await Task.WhenAll(before, after);
        Assert.Equal([1L, 2L], cursors);
        await Assert.ThrowsAsync<InvalidOperationException>(() => broken);
        await Assert.ThrowsAsync<JournalException>(() => refused);
        Assert.Equal(2, (await test.AllEventsAsync()).Count);
        Assert.True(test.Journal.Health.IsHealthy);
    }

    [Fact]
    public async Task A_cancelled_writer_stops_waiting()
    {
        await using var test = new TestJournal();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await test.Journal.WriteAsync(new(IncidentChangeKind.Opened, Samples.Incident()), null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_closed_journal_says_so()
    {
        await using var test = new TestJournal();
        await test.Journal.DisposeAsync();

        await Assert.ThrowsAsync<JournalException>(() => test.OpenedAsync(Samples.Incident()));
        await Assert.ThrowsAsync<JournalException>(() => test.AllEventsAsync());
    }

    [Fact]
    public async Task Open_incidents_are_read_with_their_last_event_in_the_order_of_its_cursor()
    {
        await using var test = new TestJournal();
        var (first, second, third) = (Samples.Incident(), Samples.Incident(), Samples.Incident());
        await test.OpenedAsync(first);
        await test.OpenedAsync(second);
        await test.OpenedAsync(third);
        await test.UpdatedAsync(first);
        await test.ClosedAsync(second);

        var one = await test.Journal.ReadOpenIncidentsAsync(0, 5, 1, TestJournal.Cancel);
        var two = await test.Journal.ReadOpenIncidentsAsync(one.ScannedThrough, 5, 2, TestJournal.Cancel);

        Assert.Equal((3, third.Id, IncidentChangeKind.Opened), (one.Events[0].Cursor, one.Events[0].Incident.Id, one.Events[0].Kind));
        Assert.Equal((4, first.Id, IncidentChangeKind.Updated), (two.Events[0].Cursor, two.Events[0].Incident.Id, two.Events[0].Kind));
        Assert.Equal((1, 5), (two.Events.Count, two.ScannedThrough));
    }
}
