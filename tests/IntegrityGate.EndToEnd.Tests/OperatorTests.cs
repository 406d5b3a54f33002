using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;
using IntegrityGate.EndToEnd.Tests.Support;
using IntegrityGate.Reporting.V1;
using Wire = IntegrityGate.Reporting.V1;

namespace IntegrityGate.EndToEnd.Tests;

/// <summary>What an operator can do to a live stream over gRPC, without a restart.</summary>
public sealed class OperatorTests
{
    [Fact]
    public async Task A_stamp_is_forced_and_released_and_looking_is_bypassed_each_with_an_entry_in_the_audit_log()
    {
        await using var gate = await GateProcess.StartAsync();
        await using var feed = new FeedReader(gate.Grpc);
        await using var publisher = Publisher.Start(await Clips.PlainAsync(seconds: 30), gate.Rtmp + "/operated");
        var stream = await gate.LiveStreamAsync();
        var streams = new Wire.Streams.StreamsClient(gate.Grpc);

        await streams.ForceStampAsync(new ForceStampRequest { StreamId = stream, Tier = Tier.Confirmed, Wording = "人工智能合成", Who = "ops", Why = "complaint 7" });
        await StateAsync(SpliceState.Stamping);
        Assert.Equal(StampOverride.Forced, (await streams.GetAsync(new GetStreamRequest { StreamId = stream })).Stream.StampOverride);
        await streams.ReleaseOverrideAsync(new ReleaseOverrideRequest { StreamId = stream, Who = "ops", Why = "settled" });
        await StateAsync(SpliceState.Passing);

        await streams.SetInspectionAsync(new SetInspectionRequest { StreamId = stream, Bypass = true, Who = "ops", Why = "rehearsal" });
        var gap = await feed.FirstAsync("the gap", e => e.Incident.Violation == "inspection.gap", () => gate.Log);
        Assert.Contains("bypassed", gap.Incident.Facts[^1].Text, StringComparison.Ordinal);
        await streams.SetInspectionAsync(new SetInspectionRequest { StreamId = stream, Bypass = false, Who = "ops", Why = "the show begins" });
        var seen = await feed.FirstAsync("the end of the gap", e => e.Incident.Id == gap.Incident.Id && e.Kind == ChangeKind.Closed, () => gate.Log);
        Assert.Equal("looking has begun again", seen.Incident.CloseReason);

        var audit = await streams.ListAuditAsync(new ListAuditRequest { StreamId = stream });
        Assert.Equal(["inspection.resume", "inspection.bypass", "stamp.release", "stamp.force"], audit.Entries.Select(e => e.Action));
        Assert.All(audit.Entries, e => Assert.Equal(("ops", AuditOutcome.Applied), (e.Who, e.Outcome)));

        await streams.CloseAsync(new CloseStreamRequest { StreamId = stream, Who = "ops", Why = "done" });
        await publisher.Process.WaitForExitAsync();

        Task StateAsync(SpliceState state) => Eventually.TrueAsync(
            $"splice state {state}",
            async () => (await streams.GetAsync(new GetStreamRequest { StreamId = stream })).Stream.SpliceState == state,
            details: () => gate.Log);
    }

    [Fact]
    public async Task Reflection_and_the_health_service_answer_on_the_feeds_port_and_the_page_does_not()
    {
        await using var gate = await GateProcess.StartAsync();
        using var call = new ServerReflection.ServerReflectionClient(gate.Grpc).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        var services = call.ResponseStream.Current.ListServicesResponse.Service.Select(s => s.Name).ToList();
        foreach (var service in (string[])["ViolationFeed", "Declarations", "Reviews", "Streams"])
            Assert.Contains("integritygate.v1." + service, services);
        var health = await new Health.HealthClient(gate.Grpc).CheckAsync(new HealthCheckRequest());
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);

        using var http2 = new HttpClient { DefaultRequestVersion = new Version(2, 0), DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        var page = await http2.GetAsync(new Uri($"http://{gate.Grpc.Target}/api/streams"));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, page.StatusCode);
    }
}
