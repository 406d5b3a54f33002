using IntegrityGate.Core.Incidents;
using IntegrityGate.Reporting.Journal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IntegrityGate.Reporting.Tests;

/// <summary>A real journal in a folder of its own that goes with the test.</summary>
internal sealed class TestJournal : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("integritygate-journal-");

    public TestJournal(Func<JournalOptions, JournalOptions>? configure = null)
    {
        Options = new JournalOptions { Folder = Path.Combine(_folder.FullName, "data") };
        Options = configure?.Invoke(Options) ?? Options;
        Journal = Open();
    }

    public JournalOptions Options { get; set; }

    public FakeTimeProvider Time { get; } = new(Samples.Noon);

    public SqliteJournal Journal { get; private set; }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public SqliteJournal Open() => SqliteJournal.Open(Options, Time, NullLogger<SqliteJournal>.Instance);

    public async Task<SqliteJournal> ReopenAsync()
    {
        await Journal.DisposeAsync();
        return Journal = Open();
    }

    public async Task<long> OpenedAsync(Incident incident, EvidencePicture? picture = null) =>
        await Journal.WriteAsync(new IncidentChange(IncidentChangeKind.Opened, incident), picture, Cancel);

    public async Task<long> UpdatedAsync(Incident incident, EvidencePicture? picture = null) =>
        await Journal.WriteAsync(new IncidentChange(IncidentChangeKind.Updated, incident), picture, Cancel);

    public async Task<long> ClosedAsync(Incident incident) =>
        await Journal.WriteAsync(new IncidentChange(IncidentChangeKind.Closed, Samples.Closed(incident)), null, Cancel);

    public async Task<List<JournalEvent>> AllEventsAsync(long after = 0)
    {
        var events = new List<JournalEvent>();
        while (true)
        {
            var batch = await Journal.ReadEventsAsync(after, 100, null, Cancel);
            events.AddRange(batch.Events);
            if (batch.ScannedThrough == after)
                return events;
            after = batch.ScannedThrough;
        }
    }

    public string[] PictureFiles() => Directory.Exists(Options.EvidenceFolder)
        ? Directory.GetFiles(Options.EvidenceFolder, "*", SearchOption.AllDirectories)
        : [];

    public async ValueTask DisposeAsync()
    {
        await Journal.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
