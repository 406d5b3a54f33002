using IntegrityGate.EndToEnd.Tests.Support;
using IntegrityGate.Reporting.V1;

namespace IntegrityGate.EndToEnd.Tests;

/// <summary>kill -9 of the gate after an incident went out.</summary>
public sealed class CrashTests
{
    [Fact]
    public async Task After_a_kill_the_incident_is_there_the_cursor_resumes_and_nothing_comes_twice()
    {
        using var folder = new TempFolder();
        string incident;
        long cursor;
        await using (var gate = await GateProcess.StartAsync(folder: folder))
        await using (var feed = new FeedReader(gate.Grpc))
        await using (Publisher.Start(await Clips.PlainAsync(), gate.Rtmp + "/killed", declare: true))
        {
            incident = (await feed.FirstAsync("the incident", e => e.Kind == ChangeKind.Opened, () => gate.Log)).Incident.Id;
            cursor = feed.Events[0].Cursor;
            gate.Process.Kill();
            await gate.Process.WaitForExitAsync();
        }

        await using var again = await GateProcess.StartAsync(folder: folder);
        await using var everything = new FeedReader(again.Grpc);
        await using var rest = new FeedReader(again.Grpc, afterCursor: cursor);
        var closed = await rest.FirstAsync("the end of the orphaned incident", e => e.Kind == ChangeKind.Closed, () => again.Log);
        Assert.Equal(incident, closed.Incident.Id);
        Assert.Contains("restart", closed.Incident.CloseReason, StringComparison.Ordinal);
        await everything.FirstAsync("the same from the beginning", e => e.Kind == ChangeKind.Closed, () => again.Log);

        Assert.Equal([incident], everything.Events.Select(e => e.Event.Incident.Id).Distinct());
        Assert.Single(everything.Events, e => e.Event.Kind == ChangeKind.Opened);
        Assert.All(rest.Events, e => Assert.True(e.Cursor > cursor));
        Assert.Equal(everything.Events.Where(e => e.Cursor > cursor).Select(e => e.Cursor), rest.Events.Select(e => e.Cursor));
        var kept = await new ViolationFeed.ViolationFeedClient(again.Grpc).GetAsync(new GetIncidentRequest { IncidentId = incident });
        Assert.Equal(IncidentState.Closed, kept.Incident.State);
    }

    [Fact]
    public async Task What_a_killed_gate_left_is_swept_by_the_next()
    {
        using var temporary = new TempFolder();
        await using (var gate = await GateProcess.StartAsync(temporary: temporary.Path))
        await using (Publisher.Start(await Clips.PlainAsync(), gate.Rtmp + "/killed", repeat: true))
        {
            await gate.LiveStreamAsync();
            Assert.Single(Left());
            gate.Process.Kill();
            await gate.Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var dead = Assert.Single(Left());
        await using var next = await GateProcess.StartAsync(temporary: temporary.Path);
        Assert.DoesNotContain(dead, Left());
        await next.TerminateAsync();
        Assert.Equal(0, await next.ExitCodeAsync());
        Assert.Empty(Left());

        string[] Left() => Directory.GetDirectories(temporary.Path, "igate-*");
    }
}
