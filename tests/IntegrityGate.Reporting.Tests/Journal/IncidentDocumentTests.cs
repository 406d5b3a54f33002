using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Reporting.Journal;

namespace IntegrityGate.Reporting.Tests;

public sealed class IncidentDocumentTests
{
    /// <summary>An incident as version 0.1 wrote it. It must be readable for as long as journals are kept: never change it, add another.</summary>
    private const string Written =
        """
        {"id":"019ca9a2-1800-7000-8000-000000000001","stream":"stream-1","sessionId":"session-1","rule":{"id":"cn-2025.label.present","clause":"GB 45438-2025 5.4","title":"AI content carries a label."},"violation":"label.missing","tier":"Possible","basis":"Declaration","severity":"Violation","state":"Closed","action":"Stamp","message":"AI content without a label.","openedAt":"2026-03-01T12:00:00+00:00","updatedAt":"2026-03-01T12:00:10+00:00","closedAt":"2026-03-01T12:00:10+00:00","mediaFrom":2000,"mediaUntil":4000,"closeReason":"label seen","facts":[{"kind":"claim","at":2000,"text":"declared: 可能为AI生成","samples":0},{"kind":"text","at":4000,"text":"直播间","score":0.75,"threshold":0.5,"samples":12,"model":{"name":"ppocr-v4","version":"4.0","sha256":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},"box":{"x":10.5,"y":20,"width":300,"height":48},"glyphHeight":44.5}],"evidenceIds":["frame-1"],"review":{"decision":"Dismissed","who":"ada","why":"a real host","at":"2026-03-01T12:01:00+00:00"}}
        """;

    private static Incident Example => Samples.Closed(Samples.Incident(id: "019ca9a2-1800-7000-8000-000000000001")) with
    {
        EvidenceIds = ["frame-1"],
        Review = new Review(ReviewDecision.Dismissed, "ada", "a real host", Samples.Noon.AddMinutes(1)),
    };

    [Fact]
    public void The_format_is_the_one_that_was_released()
    {
        Assert.Equal(Written, IncidentDocument.Write(Example));
        Assert.Equivalent(Example, IncidentDocument.Read(Written), strict: true);
    }

    [Fact]
    public void A_member_that_is_not_known_yet_is_passed_over()
    {
        var read = IncidentDocument.Read(Written.Replace("\"violation\"", "\"fromTheFuture\":{\"a\":[1]},\"violation\"", StringComparison.Ordinal));

        Assert.Equivalent(Example, read, strict: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public void What_is_no_incident_is_a_fault_of_the_journal(string text) =>
        Assert.Throws<JournalException>(() => IncidentDocument.Read(text));

    [Fact]
    public void Scores_that_are_no_numbers_survive()
    {
        var incident = Samples.Incident() with { Facts = [new IncidentFact("synthetic", default, "", Score: double.NaN, Threshold: double.PositiveInfinity)] };

        var fact = Assert.Single(IncidentDocument.Read(IncidentDocument.Write(incident)).Facts);

        Assert.Equal((double.NaN, double.PositiveInfinity), (fact.Score!.Value, fact.Threshold!.Value));
    }

    [Fact]
    public void The_numbers_that_columns_hold_do_not_move()
    {
        Assert.Equal([0, 1, 2], Enum.GetValues<IncidentChangeKind>().Select(value => (int)value));
        Assert.Equal(["Info0", "Review1", "Violation2", "Critical3"], Enum.GetValues<Severity>().Select(value => $"{value}{(int)value}"));
        Assert.Equal(["None0", "Suspected1", "Possible2", "Confirmed3"], Enum.GetValues<Tier>().Select(value => $"{value}{(int)value}"));
        Assert.Equal(["Open0", "Closed1"], Enum.GetValues<IncidentState>().Select(value => $"{value}{(int)value}"));
    }
}
