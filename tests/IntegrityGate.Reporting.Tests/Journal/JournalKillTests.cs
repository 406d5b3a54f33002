using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Reporting.Journal;

namespace IntegrityGate.Reporting.Tests;

public sealed class JournalKillTests
{
    private sealed record Acknowledged(long Cursor, string Id, string Kind, string Message, string Picture);

    [Fact]
    public async Task What_was_acknowledged_survives_kill_9_once_and_under_its_id()
    {
        await using var test = new TestJournal();
        var random = new Random(9);
        var acknowledged = new List<Acknowledged>();
        for (var round = 0; round < 8; round++)
        {
            await test.Journal.DisposeAsync();
            acknowledged.AddRange(await WriteAndKillAsync(test.Options.Folder, random.Next(1, 400)));
            await test.ReopenAsync();
        }

        var events = await test.AllEventsAsync();
        Assert.True(acknowledged.Count >= 8, "the child wrote");

        // Cursors strictly rise, and no event is there twice.
        Assert.Equal(events.Select(entry => entry.Cursor).Order().Distinct(), events.Select(entry => entry.Cursor));
        var byCursor = events.ToDictionary(entry => entry.Cursor);
        Assert.Equal(acknowledged.Count, acknowledged.Select(line => line.Cursor).Distinct().Count());
        Assert.All(acknowledged, line =>
        {
            var entry = byCursor[line.Cursor];
            Assert.Equal((line.Id, line.Kind, line.Message), (entry.Incident.Id, $"{entry.Kind}", entry.Incident.Message));
        });
        var written = events.Where(entry => entry.Incident.CloseReason != SqliteJournal.RestartReason).ToList();
        Assert.Equal(written.Count, written.Select(entry => entry.Incident.Message).Distinct().Count());

        // Each incident that a kill left open was closed once, after its last event, under its own id.
        foreach (var incident in events.GroupBy(entry => entry.Incident.Id))
        {
            Assert.Equal(IncidentChangeKind.Opened, incident.First().Kind);
            Assert.Equal(IncidentChangeKind.Closed, incident.Last().Kind);
            Assert.Single(incident, entry => entry.Kind == IncidentChangeKind.Closed);
        }

        Assert.Contains(events, entry => entry.Incident.CloseReason == SqliteJournal.RestartReason);

        // Pictures of acknowledged events are there, whole; the files of the others were swept or belong to a row.
        foreach (var line in acknowledged.Where(line => line.Picture != "-"))
        {
            await using var picture = await test.Journal.OpenEvidenceAsync(line.Picture, TestJournal.Cancel);
            Assert.NotNull(picture);
            Assert.Equal(picture.Sha256, Convert.ToHexStringLower(await SHA256.HashDataAsync(picture.Content, TestJournal.Cancel)));
        }

        Assert.Equal(test.PictureFiles().Length * 20_000, test.Journal.EvidenceBytes);
    }

    /// <summary>Starts a writer, reads what it acknowledges, kills it (SIGKILL) after some lines, and reads what was still in the pipe.</summary>
    private static async Task<List<Acknowledged>> WriteAndKillAsync(string folder, int killAfter)
    {
        var lines = new List<Acknowledged>();
        var start = new ProcessStartInfo(Environment.ProcessPath!, [JournalChild.Write, folder]) { RedirectStandardOutput = true };
        using var child = Process.Start(start)!;
        try
        {
            while (await child.StandardOutput.ReadLineAsync(TestJournal.Cancel) is { } line)
            {
                // A line cut by the kill was not received whole, so it acknowledges nothing.
                if (line.Split(' ') is [var cursor, var id, var kind, { Length: 32 } message, var picture] && (picture == "-" || picture.Length == 36))
                    lines.Add(new(long.Parse(cursor, CultureInfo.InvariantCulture), id, kind, message, picture));
                if (lines.Count == killAfter)
                    child.Kill();
            }
        }
        finally
        {
            if (!child.HasExited)
                child.Kill();
            await child.WaitForExitAsync(CancellationToken.None);
        }

        Assert.Equal(137, child.ExitCode); // 128 + SIGKILL
        return lines;
    }
}
