using IntegrityGate.Reporting.Audit;
using IntegrityGate.Reporting.Declarations;
using IntegrityGate.Reporting.Journal;

namespace IntegrityGate.Reporting.Tests;

public sealed class JournalRetentionTests
{
    [Fact]
    public async Task What_is_young_stays()
    {
        await using var test = new TestJournal();
        var incident = Samples.Incident();
        await test.OpenedAsync(incident, Samples.Picture("a", 1000));
        await test.ClosedAsync(incident);
        test.Time.Advance(TimeSpan.FromDays(183));

        var report = await test.Journal.PurgeAsync(TestJournal.Cancel);

        Assert.Equal(0, report.Total);
        Assert.Equal(1, test.Journal.OldestCursor);
        Assert.Single(test.PictureFiles());
    }

    [Fact]
    public async Task Pictures_go_after_six_months_and_incidents_after_three_years()
    {
        await using var test = new TestJournal();
        var incident = Samples.Incident();
        await test.OpenedAsync(incident, Samples.Picture("a", 1000));
        await test.ClosedAsync(incident);

        test.Time.Advance(TimeSpan.FromDays(185));
        Assert.Equal(new PurgeReport(0, 0, 1, 0, 0), await test.Journal.PurgeAsync(TestJournal.Cancel));
        Assert.Empty(test.PictureFiles());
        Assert.Empty(Directory.GetDirectories(test.Options.EvidenceFolder));
        Assert.Equal(0, test.Journal.EvidenceBytes);
        Assert.Null(await test.Journal.OpenEvidenceAsync("a", TestJournal.Cancel));
        Assert.NotNull(await test.Journal.GetIncidentAsync(incident.Id, TestJournal.Cancel));

        test.Time.Advance(TimeSpan.FromDays(1096));
        Assert.Equal(new PurgeReport(2, 1, 0, 0, 0), await test.Journal.PurgeAsync(TestJournal.Cancel));
        Assert.Null(await test.Journal.GetIncidentAsync(incident.Id, TestJournal.Cancel));
    }

    [Fact]
    public async Task Cursors_are_not_given_again_after_everything_was_purged_even_across_a_reopening()
    {
        await using var test = new TestJournal();
        var incident = Samples.Incident();
        await test.OpenedAsync(incident);
        await test.ClosedAsync(incident);
        test.Time.Advance(TimeSpan.FromDays(1200));
        await test.Journal.PurgeAsync(TestJournal.Cancel);
        Assert.Equal((3, 2), (test.Journal.OldestCursor, test.Journal.LatestCursor));

        await test.ReopenAsync();

        Assert.Equal((3, 2), (test.Journal.OldestCursor, test.Journal.LatestCursor));
        Assert.Equal(3, await test.OpenedAsync(Samples.Incident()));
        var exception = await Assert.ThrowsAsync<CursorOutOfRangeException>(async () => await test.Journal.ReadEventsAsync(1, 10, null, TestJournal.Cancel));
        Assert.Equal(3, exception.Oldest);
        Assert.Single((await test.Journal.ReadEventsAsync(2, 10, null, TestJournal.Cancel)).Events);
    }

    [Fact]
    public async Task An_open_incident_is_kept_whatever_its_age()
    {
        await using var test = new TestJournal();
        var incident = Samples.Incident();
        await test.OpenedAsync(incident);
        test.Time.Advance(TimeSpan.FromDays(2000));

        await test.Journal.PurgeAsync(TestJournal.Cancel);

        Assert.NotNull(await test.Journal.GetIncidentAsync(incident.Id, TestJournal.Cancel));
        var open = await test.Journal.ReadOpenIncidentsAsync(0, test.Journal.LatestCursor, 10, TestJournal.Cancel);
        Assert.Equal(incident.Id, Assert.Single(open.Events).Incident.Id);
    }

    [Fact]
    public async Task Only_the_oldest_events_go_and_always_from_the_beginning()
    {
        await using var test = new TestJournal(options => options with { PurgeBatch = 3 });
        for (var number = 0; number < 10; number++)
        {
            await test.OpenedAsync(Samples.Incident());
            test.Time.Advance(TimeSpan.FromDays(1));
        }

        test.Time.Advance(TimeSpan.FromDays(1096 - 3));
        var report = await test.Journal.PurgeAsync(TestJournal.Cancel);

        Assert.Equal(7, report.Events);
        Assert.Equal([8, 9, 10], (await test.AllEventsAsync(7)).Select(entry => entry.Cursor));
    }

    [Fact]
    public async Task A_picture_goes_with_its_incident_when_incidents_are_kept_for_less()
    {
        await using var test = new TestJournal(options => options with { IncidentRetention = TimeSpan.FromDays(10) });
        var incident = Samples.Incident();
        await test.OpenedAsync(incident, Samples.Picture("a", 1000));
        await test.ClosedAsync(incident);
        test.Time.Advance(TimeSpan.FromDays(11));

        Assert.Equal(new PurgeReport(2, 1, 1, 0, 0), await test.Journal.PurgeAsync(TestJournal.Cancel));
        Assert.Empty(test.PictureFiles());
    }

    [Fact]
    public async Task Audit_and_ended_declarations_go_and_standing_ones_stay()
    {
        await using var test = new TestJournal();
        var book = new DeclarationBook(test.Journal, test.Time, 10);
        var request = new DeclarationRequest(new("room"), "", Core.Claims.AigcAttribute.Generated, null, null, "ada");
        var withdrawn = (await book.DeclareAsync(request, null, TestJournal.Cancel)).Declaration!;
        await book.DeclareAsync(request with { Until = DeclarationMoment.AtClock(Samples.Noon.AddDays(1)) }, null, TestJournal.Cancel);
        var standing = (await book.DeclareAsync(request, null, TestJournal.Cancel)).Declaration!;
        await book.WithdrawAsync(withdrawn.Id, "ada", "old", TestJournal.Cancel);
        test.Time.Advance(TimeSpan.FromDays(1098));

        Assert.Equal(new PurgeReport(0, 0, 0, 4, 2), await test.Journal.PurgeAsync(TestJournal.Cancel));

        Assert.Equal(standing.Id, Assert.Single((await book.ListAsync(null, true, 10, null, TestJournal.Cancel)).Declarations).Id);
        Assert.Empty((await new AuditLog(test.Journal, test.Time).ListAsync(new AuditFilter(), 10, null, TestJournal.Cancel)).Entries);
    }

    [Fact]
    public async Task A_purge_gives_space_back_to_the_disk()
    {
        await using var test = new TestJournal();
        for (var number = 0; number < 300; number++)
        {
            var incident = Samples.Incident() with { Message = new string('x', 20_000) };
            await test.OpenedAsync(incident);
            await test.ClosedAsync(incident);
        }

        await test.ReopenAsync();
        var full = new FileInfo(test.Options.DatabaseFile).Length;
        test.Time.Advance(TimeSpan.FromDays(1200));
        await test.Journal.PurgeAsync(TestJournal.Cancel);
        await test.Journal.PurgeAsync(TestJournal.Cancel); // each gives back at most 16 MiB
        await test.ReopenAsync();

        Assert.InRange(new FileInfo(test.Options.DatabaseFile).Length, 1, full / 10);
    }

    [Fact]
    public async Task A_full_journal_fails_writes_says_so_and_recovers_when_there_is_room()
    {
        await using var test = new TestJournal(options => options with { MaxDatabaseBytes = 1 << 20 });
        Assert.True(test.Journal.Health.IsHealthy);
        var written = new List<long>();

        var exception = await Assert.ThrowsAsync<JournalException>(async () =>
        {
            while (true)
            {
                var incident = Samples.Incident() with { Message = new string('x', 20_000) };
                written.Add(await test.OpenedAsync(incident));
                written.Add(await test.ClosedAsync(incident));
            }
        });

        Assert.IsType<IOException>(exception, exactMatch: false);
        Assert.Contains(test.Options.DatabaseFile, exception.Message, StringComparison.Ordinal);
        Assert.False(test.Journal.Health.IsHealthy);
        Assert.Contains("full", test.Journal.Health.Reason, StringComparison.Ordinal);
        await Assert.ThrowsAsync<JournalException>(() => test.OpenedAsync(Samples.Incident() with { Message = new string('x', 20_000) }));

        // What was acknowledged is there, and what failed was neither kept nor published.
        Assert.Equal(written, (await test.AllEventsAsync()).Select(entry => entry.Cursor));
        Assert.Equal(written[^1], test.Journal.LatestCursor);

        test.Time.Advance(TimeSpan.FromDays(1200));
        await test.Journal.PurgeAsync(TestJournal.Cancel);
        Assert.Equal(written[^1] + 1, await test.OpenedAsync(Samples.Incident()));
        Assert.True(test.Journal.Health.IsHealthy);
    }
}
