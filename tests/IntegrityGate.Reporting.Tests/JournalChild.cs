using System.Globalization;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Reporting.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.Reporting.Tests;

/// <summary>What the test program does when a test starts it again.</summary>
internal static class JournalChild
{
    /// <summary>Writes until it is killed; prints each acknowledged event.</summary>
    public const string Write = "journal-child-write";

    /// <summary>Opens the journal and prints how that went.</summary>
    public const string Open = "journal-child-open";

    public static bool Knows(string mode) => mode is Write or Open;

    public static async Task<int> RunAsync(string mode, string folder)
    {
        if (mode == Open)
            return await OpenAsync(folder);

        var journal = SqliteJournal.Open(new JournalOptions { Folder = folder }, TimeProvider.System, NullLogger<SqliteJournal>.Instance);
        var print = new Lock();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(WriteForeverAsync)));
        return 0;

        async Task WriteForeverAsync()
        {
            for (var number = 0; ; number++)
            {
                // Open, update, and close two of three, so that a kill always finds incidents open.
                var incident = Samples.Incident(id: Guid.CreateVersion7().ToString()) with { Message = $"{Guid.NewGuid():N}" };
                await AcknowledgeAsync(new(IncidentChangeKind.Opened, incident), null);
                incident = incident with { Message = $"{Guid.NewGuid():N}", EvidenceIds = [incident.Id] };
                await AcknowledgeAsync(new(IncidentChangeKind.Updated, incident), Samples.Picture(incident.Id, 20_000));
                if (number % 3 != 0)
                    await AcknowledgeAsync(new(IncidentChangeKind.Closed, Samples.Closed(incident) with { Message = $"{Guid.NewGuid():N}" }), null);
            }
        }

        async Task AcknowledgeAsync(IncidentChange change, EvidencePicture? picture)
        {
            var cursor = await journal.WriteAsync(change, picture, CancellationToken.None);
            var line = string.Create(
                CultureInfo.InvariantCulture, $"{cursor} {change.Incident.Id} {change.Kind} {change.Incident.Message} {picture?.Id ?? "-"}\n");
            lock (print)
            {
                Console.Out.Write(line);
                Console.Out.Flush();
            }
        }
    }

    private static async Task<int> OpenAsync(string folder)
    {
        try
        {
            await using var journal = SqliteJournal.Open(new JournalOptions { Folder = folder }, TimeProvider.System, NullLogger<SqliteJournal>.Instance);
            Console.WriteLine("opened");
            return 0;
        }
        catch (JournalException exception)
        {
            Console.WriteLine(exception.Message);
            return 3;
        }
    }
}
