using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;
using IntegrityGate.Reporting.Journal;

namespace IntegrityGate.Reporting.Tests;

public sealed class JournalPropertyTests
{
    /// <summary>One step of a history: a change of one of a few incidents, or a review of it.</summary>
    public sealed record Step(int Incident, IncidentChangeKind Kind, bool IsReview, Severity Severity, Tier Tier, long MediaUntil, string? Message);

    [Property(MaxTest = 60, Arbitrary = [typeof(JournalPropertyTests)])]
    public async Task Any_history_is_read_back_in_order_and_the_incidents_are_its_fold(Step[] steps, byte batch)
    {
        await using var test = new TestJournal();
        var expected = new List<(IncidentChangeKind Kind, Incident Incident)>();
        var fold = new Dictionary<string, Incident>();
        foreach (var step in steps)
        {
            var incident = Incident(step);
            if (!step.IsReview)
            {
                await test.Journal.WriteAsync(new(step.Kind, incident), null, TestJournal.Cancel);
                incident = incident with { Review = fold.GetValueOrDefault(incident.Id)?.Review };
                expected.Add((step.Kind, incident));
                fold[incident.Id] = incident;
            }
            else
            {
                var review = new Review(ReviewDecision.Confirmed, "ada", step.Message ?? "", Samples.Noon);
                var reviewed = await test.Journal.ReviewAsync(incident.Id, review, TestJournal.Cancel);
                Assert.Equal(fold.ContainsKey(incident.Id), reviewed is not null);
                if (!fold.TryGetValue(incident.Id, out var known))
                    continue;
                incident = known with { Review = review, UpdatedAt = review.At };
                expected.Add((IncidentChangeKind.Updated, incident));
                fold[incident.Id] = incident;
            }
        }

        var read = new List<JournalEvent>();
        for (var after = 0L; after < test.Journal.LatestCursor;)
        {
            var some = await test.Journal.ReadEventsAsync(after, (batch % 7) + 1, null, TestJournal.Cancel);
            read.AddRange(some.Events);
            after = some.ScannedThrough;
        }

        Assert.Equal(Enumerable.Range(1, expected.Count).Select(cursor => (long)cursor), read.Select(entry => entry.Cursor));
        Assert.Equal(expected.Select(Text), read.Select(entry => Text((entry.Kind, entry.Incident))));

        var listed = await test.Journal.ListIncidentsAsync(IncidentFilter.All, 1000, null, TestJournal.Cancel);
        Assert.Equal(
            fold.Values.Select(IncidentDocument.Write).Order(StringComparer.Ordinal),
            listed.Incidents.Select(kept => IncidentDocument.Write(kept.Incident)).Order(StringComparer.Ordinal));
        Assert.All(listed.Incidents, kept =>
        {
            var own = read.Where(entry => entry.Incident.Id == kept.Incident.Id).ToList();
            Assert.Equal((own[0].Cursor, own[^1].Cursor), (kept.FirstCursor, kept.LastCursor));
        });

        static string Text((IncidentChangeKind Kind, Incident Incident) change) => $"{change.Kind} {IncidentDocument.Write(change.Incident)}";
    }

    public static Arbitrary<Step> Steps() => Arb.From(
        from incident in Gen.Choose(0, 4)
        from kind in Gen.Elements(Enum.GetValues<IncidentChangeKind>())
        from review in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
        from severity in Gen.Elements(Enum.GetValues<Severity>())
        from tier in Gen.Elements(Enum.GetValues<Tier>())
        from until in ArbMap.Default.GeneratorFor<long>()
        from message in ArbMap.Default.GeneratorFor<string>()
        select new Step(incident, kind, review, severity, tier, until, message));

    private static Incident Incident(Step step) => Samples.Incident(id: $"00000000-0000-7000-8000-00000000000{step.Incident}") with
    {
        Stream = new StreamId($"stream-{step.Incident % 2}"),
        State = step.Kind == IncidentChangeKind.Closed ? IncidentState.Closed : IncidentState.Open,
        ClosedAt = step.Kind == IncidentChangeKind.Closed ? Samples.Noon.AddTicks(step.Incident) : null,
        Severity = step.Severity,
        Tier = step.Tier,
        MediaUntil = new MediaTime(step.MediaUntil),
        Message = step.Message ?? "",
    };
}
