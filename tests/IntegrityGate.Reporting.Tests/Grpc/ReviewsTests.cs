using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Streams;
using IntegrityGate.Reporting.Streams;
using Wire = IntegrityGate.Reporting.V1;

namespace IntegrityGate.Reporting.Tests;

public sealed class ReviewsTests
{
    [Theory]
    [InlineData(Wire.ReviewDecision.Confirm, ReviewDecision.Confirmed, "review.confirm")]
    [InlineData(Wire.ReviewDecision.Dismiss, ReviewDecision.Dismissed, "review.dismiss")]
    public async Task A_decision_goes_to_the_feed_the_judge_and_the_audit_log(Wire.ReviewDecision decision, ReviewDecision kept, string action)
    {
        await using var host = await FeedHost.StartAsync();
        host.Streams.Start("stream-1");
        var incident = Samples.Incident();
        await host.OpenedAsync(incident);
        using var watch = host.Watch(new() { Now = new Empty() });
        await FeedHost.NextAsync(watch);

        var answer = await host.Reviews.DecideAsync(new() { IncidentId = incident.Id, Decision = decision, Who = "ada", Why = "seen\nwith my own eyes" });

        Assert.Equal((true, 2, decision), (answer.AppliedToLiveStream, answer.Cursor, answer.Incident.Review.Decision));
        var news = await FeedHost.NextEventAsync(watch);
        Assert.Equal((2, Wire.ChangeKind.Updated, "ada"), (news.Cursor, news.Event.Kind, news.Event.Incident.Review.Who));
        Assert.Equal(
            new ReviewCommand(new StreamId("stream-1"), incident.Id, new Review(kept, "ada", "seen\nwith my own eyes", Samples.Noon)),
            Assert.Single(host.Streams.Commands));
        var entry = Assert.Single((await host.StreamControl.ListAuditAsync(new())).Entries);
        Assert.Equal((action, incident.Id, "stream-1", Wire.AuditOutcome.Applied), (entry.Action, entry.SubjectId, entry.StreamId, entry.Outcome));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("session-2")]
    public async Task An_incident_whose_session_is_over_can_be_decided_and_no_other_session_is_told(string? liveSession)
    {
        await using var host = await FeedHost.StartAsync();
        if (liveSession is not null)
            host.Streams.Start("stream-1", liveSession);
        var incident = Samples.Incident();
        await host.OpenedAsync(incident);
        await host.WriteAsync(IncidentChangeKind.Closed, Samples.Closed(incident));

        var answer = await host.Reviews.DecideAsync(new() { IncidentId = incident.Id, Decision = Wire.ReviewDecision.Dismiss, Who = "ada", Why = "a real host" });

        Assert.False(answer.AppliedToLiveStream);
        Assert.Equal((Wire.IncidentState.Closed, Wire.ReviewDecision.Dismiss), (answer.Incident.State, answer.Incident.Review.Decision));
        Assert.Empty(host.Streams.Commands);
        Assert.Equal(Wire.AuditOutcome.Kept, Assert.Single((await host.StreamControl.ListAuditAsync(new())).Entries).Outcome);
    }

    [Fact]
    public async Task A_later_decision_replaces_an_earlier_one_and_both_are_audited()
    {
        await using var host = await FeedHost.StartAsync();
        var incident = Samples.Incident();
        await host.OpenedAsync(incident);
        await host.Reviews.DecideAsync(new() { IncidentId = incident.Id, Decision = Wire.ReviewDecision.Dismiss, Who = "ada", Why = "real" });

        await host.Reviews.DecideAsync(new() { IncidentId = incident.Id, Decision = Wire.ReviewDecision.Confirm, Who = "bob", Why = "not real" });

        var got = await host.Feed.GetAsync(new() { IncidentId = incident.Id });
        Assert.Equal((Wire.ReviewDecision.Confirm, "bob"), (got.Incident.Review.Decision, got.Incident.Review.Who));
        Assert.Equal(["bob", "ada"], (await host.StreamControl.ListAuditAsync(new())).Entries.Select(entry => entry.Who));
    }

    [Fact]
    public async Task An_unknown_incident_is_not_found_and_not_audited()
    {
        await using var host = await FeedHost.StartAsync();

        await FeedHost.FailsAsync(
            StatusCode.NotFound,
            async () => await host.Reviews.DecideAsync(new() { IncidentId = "x", Decision = Wire.ReviewDecision.Confirm, Who = "a", Why = "b" }));

        Assert.Empty((await host.StreamControl.ListAuditAsync(new())).Entries);
    }
}
