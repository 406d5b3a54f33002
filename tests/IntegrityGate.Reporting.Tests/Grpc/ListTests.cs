using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using Wire = IntegrityGate.Reporting.V1;

namespace IntegrityGate.Reporting.Tests;

public sealed class ListTests
{
    [Fact]
    public async Task Pages_are_complete_and_newest_first_while_incidents_come_and_change()
    {
        await using var host = await FeedHost.StartAsync();
        var incidents = new List<Incident>();
        for (var number = 0; number < 25; number++)
        {
            incidents.Add(Samples.Incident());
            await host.OpenedAsync(incidents[^1]);
        }

        var listed = new List<string>();
        var request = new Wire.ListIncidentsRequest { PageSize = 4 };
        do
        {
            var page = await host.Feed.ListAsync(request, cancellationToken: FeedHost.Cancel);
            Assert.InRange(page.Incidents.Count, 1, 4);
            listed.AddRange(page.Incidents.Select(incident => incident.Id));
            request.PageToken = page.NextPageToken;

            // What opens or changes meanwhile shifts nothing.
            await host.OpenedAsync(Samples.Incident());
            await host.WriteAsync(IncidentChangeKind.Updated, incidents[0] with { Message = "again" });
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(incidents.Select(incident => incident.Id).Reverse(), listed);
    }

    public static TheoryData<Wire.ListIncidentsRequest, int[]> Filters => new()
    {
        { new(), [4, 3, 2, 1, 0] },
        { new() { StreamIds = { "a" } }, [4, 2, 0] },
        { new() { StreamIds = { "b", "c" } }, [3, 1] },
        { new() { RuleIds = { "cn-2025.other" } }, [3] },
        { new() { Violations = { ViolationCode.InspectionGap, ViolationCode.LabelWording } }, [4, 2] },
        { new() { State = Wire.IncidentState.Open }, [4, 3, 2, 1] },
        { new() { State = Wire.IncidentState.Closed }, [0] },
        { new() { MinimumSeverity = Wire.Severity.Violation }, [4, 3, 1] },
        { new() { MinimumTier = Wire.Tier.Possible }, [3, 1, 0] },
        { new() { OpenedFrom = At(1) }, [4, 3, 2, 1] },
        { new() { OpenedBefore = At(1) }, [0] },
        { new() { OpenedFrom = At(1), OpenedBefore = At(3), StreamIds = { "a" } }, [2] },
        { new() { StreamIds = { "a" }, MinimumSeverity = Wire.Severity.Critical }, [] },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task Filters_are_combined(Wire.ListIncidentsRequest request, int[] expected)
    {
        await using var host = await FeedHost.StartAsync();
        Incident[] incidents =
        [
            Samples.Incident(stream: "a", tier: Tier.Confirmed, severity: Severity.Info, openedAt: Samples.Noon),
            Samples.Incident(stream: "b", openedAt: Samples.Noon.AddHours(1)),
            Samples.Incident(stream: "a", violation: ViolationCode.LabelWording, tier: Tier.Suspected, severity: Severity.Review, openedAt: Samples.Noon.AddHours(2)),
            Samples.Incident(stream: "c", rule: "cn-2025.other", openedAt: Samples.Noon.AddHours(3)),
            Samples.Incident(stream: "a", violation: ViolationCode.InspectionGap, tier: Tier.None, openedAt: Samples.Noon.AddHours(4)),
        ];
        foreach (var incident in incidents)
            await host.OpenedAsync(incident);
        await host.WriteAsync(IncidentChangeKind.Closed, Samples.Closed(incidents[0]));

        var page = await host.Feed.ListAsync(request, cancellationToken: FeedHost.Cancel);

        Assert.Equal(expected, page.Incidents.Select(listed => Array.FindIndex(incidents, incident => incident.Id == listed.Id)));
        Assert.Equal("", page.NextPageToken);
    }

    [Fact]
    public async Task Large_incidents_make_shorter_pages_that_a_client_can_take()
    {
        await using var host = await FeedHost.StartAsync();
        for (var number = 0; number < 12; number++)
            await host.OpenedAsync(Samples.Incident() with { Message = new string('x', 500_000) });

        var listed = 0;
        var request = new Wire.ListIncidentsRequest { PageSize = 1000 };
        do
        {
            // 4 MiB is the client's default limit: a page over it fails here.
            var page = await host.Feed.ListAsync(request, cancellationToken: FeedHost.Cancel);
            listed += page.Incidents.Count;
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(12, listed);
    }

    [Fact]
    public async Task A_token_is_refused_with_other_filters_and_when_it_is_none()
    {
        await using var host = await FeedHost.StartAsync();
        await host.OpenedAsync(Samples.Incident());
        await host.OpenedAsync(Samples.Incident());
        var page = await host.Feed.ListAsync(new() { PageSize = 1 }, cancellationToken: FeedHost.Cancel);
        Assert.NotEqual("", page.NextPageToken);

        foreach (var request in new Wire.ListIncidentsRequest[]
        {
            new() { PageSize = 1, PageToken = page.NextPageToken, StreamIds = { "a" } },
            new() { PageSize = 1, PageToken = "no token" },
            new() { PageSize = 1, PageToken = "AAAA" },
        })
        {
            var exception = await FeedHost.FailsAsync(StatusCode.InvalidArgument, async () => await host.Feed.ListAsync(request));
            Assert.Equal("page_token", exception.Trailers.GetValue("field"));
        }

        var rest = await host.Feed.ListAsync(new() { PageSize = 5, PageToken = page.NextPageToken }, cancellationToken: FeedHost.Cancel);
        Assert.Single(rest.Incidents);
    }

    [Fact]
    public async Task One_incident_is_got_in_its_latest_state()
    {
        await using var host = await FeedHost.StartAsync();
        var incident = Samples.Incident();
        await host.OpenedAsync(incident);
        await host.WriteAsync(IncidentChangeKind.Closed, Samples.Closed(incident));

        var got = await host.Feed.GetAsync(new() { IncidentId = incident.Id }, cancellationToken: FeedHost.Cancel);

        Assert.Equal((2, Wire.IncidentState.Closed, "label seen"), (got.LastCursor, got.Incident.State, got.Incident.CloseReason));
        Assert.Equal(Samples.Noon.AddSeconds(10), got.Incident.ClosedAt.ToDateTimeOffset());
        await FeedHost.FailsAsync(StatusCode.NotFound, async () => await host.Feed.GetAsync(new() { IncidentId = "no-such" }));
    }

    private static Timestamp At(int hours) => Timestamp.FromDateTimeOffset(Samples.Noon.AddHours(hours));
}
