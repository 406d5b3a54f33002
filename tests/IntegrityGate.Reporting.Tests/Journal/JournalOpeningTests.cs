using System.Diagnostics;
using System.Runtime.Versioning;
using IntegrityGate.Reporting.Journal;
using Microsoft.Data.Sqlite;

namespace IntegrityGate.Reporting.Tests;

public sealed class JournalOpeningTests
{
    [Fact]
    public async Task Incidents_left_open_are_closed_once_with_the_same_id_and_a_new_cursor()
    {
        await using var test = new TestJournal();
        var (left, closed) = (Samples.Incident(), Samples.Incident());
        await test.OpenedAsync(left);
        await test.OpenedAsync(closed);
        await test.ClosedAsync(closed);
        test.Time.Advance(TimeSpan.FromMinutes(5));

        await test.ReopenAsync();
        await test.ReopenAsync();

        var events = await test.AllEventsAsync();
        Assert.Equal([1, 2, 3, 4], events.Select(entry => entry.Cursor));
        var end = events[3];
        Assert.Equal((left.Id, Core.Incidents.IncidentChangeKind.Closed), (end.Incident.Id, end.Kind));
        Assert.Equivalent(
            left with
            {
                State = Core.Incidents.IncidentState.Closed,
                CloseReason = "gate restarted",
                ClosedAt = Samples.Noon.AddMinutes(5),
                UpdatedAt = Samples.Noon.AddMinutes(5),
            },
            end.Incident,
            strict: true);
        Assert.Equal(2, (await test.Journal.ListIncidentsAsync(IncidentFilter.All, 10, null, TestJournal.Cancel)).Incidents.Count);
    }

    [Fact]
    public async Task A_second_process_is_told_that_the_journal_is_in_use()
    {
        await using var test = new TestJournal();

        var exception = Assert.Throws<JournalException>(test.Open);

        Assert.Contains("in use by another process", exception.Message, StringComparison.Ordinal);
        Assert.Contains(test.Options.Folder, exception.Message, StringComparison.Ordinal);
        await test.OpenedAsync(Samples.Incident());
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named_and_left_alone()
    {
        await using var test = new TestJournal();
        await test.Journal.DisposeAsync();
        var text = new string('#', 8192);
        await File.WriteAllTextAsync(test.Options.DatabaseFile, text, TestJournal.Cancel);

        var exception = Assert.Throws<JournalException>(test.Open);

        Assert.StartsWith(test.Options.DatabaseFile, exception.Message, StringComparison.Ordinal);
        Assert.Contains("damaged", exception.Message, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(test.Options.DatabaseFile, TestJournal.Cancel));
    }

    [Fact]
    public async Task Damage_in_the_middle_of_the_file_is_found()
    {
        await using var test = new TestJournal();
        for (var number = 0; number < 200; number++)
            await test.OpenedAsync(Samples.Incident());
        await test.Journal.DisposeAsync();
        await using (var file = File.Open(test.Options.DatabaseFile, FileMode.Open))
        {
            file.Position = file.Length / 2;
            file.Write(Enumerable.Repeat((byte)0xEE, 20_000).ToArray());
        }

        var exception = Assert.Throws<JournalException>(test.Open);

        Assert.Contains("damaged", exception.Message, StringComparison.Ordinal);
        Assert.Equal(Core.Streams.GateFault.JournalFailed, exception.Fault);
    }

    [Fact]
    public async Task A_database_of_another_program_is_refused()
    {
        await using var test = new TestJournal();
        await test.Journal.DisposeAsync();
        File.Delete(test.Options.DatabaseFile);
        Execute(test.Options.DatabaseFile, "CREATE TABLE theirs(x)");

        var exception = Assert.Throws<JournalException>(test.Open);

        Assert.Contains("another program", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_of_a_newer_version_is_refused()
    {
        await using var test = new TestJournal();
        await test.Journal.DisposeAsync();
        Execute(test.Options.DatabaseFile, "PRAGMA user_version = 1000");

        var exception = Assert.Throws<JournalException>(test.Open);

        Assert.Contains("newer version", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        await using var test = new TestJournal();
        var file = Path.Combine(test.Options.Folder, "file");
        await File.WriteAllTextAsync(file, "", TestJournal.Cancel);
        test.Options = test.Options with { Folder = Path.Combine(file, "data") };

        var exception = Assert.Throws<JournalException>(test.Open);

        Assert.Contains(test.Options.Folder, exception.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be written", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task A_read_only_folder_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "permissions are tried on Linux");
        var folder = Directory.CreateTempSubdirectory("integritygate-read-only-");
        File.SetUnixFileMode(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        try
        {
            // The root user may write anywhere: then a child without that right tries.
            var isRoot = Environment.UserName == "root";
            Assert.SkipWhen(isRoot && !File.Exists("/usr/bin/setpriv"), "runs as root and there is no setpriv");
            var program = Environment.ProcessPath!;
            var start = isRoot
                ? new ProcessStartInfo("/usr/bin/setpriv", ["--reuid=65534", "--clear-groups", program, JournalChild.Open, folder.FullName])
                : new ProcessStartInfo(program, [JournalChild.Open, folder.FullName]);
            start.RedirectStandardOutput = true;
            start.RedirectStandardError = true;
            using var child = Process.Start(start)!;
            var output = await child.StandardOutput.ReadToEndAsync(TestJournal.Cancel);
            var error = await child.StandardError.ReadToEndAsync(TestJournal.Cancel);
            await child.WaitForExitAsync(TestJournal.Cancel);
            Assert.SkipWhen(isRoot && child.ExitCode != 3 && output.Length == 0, $"a child without root cannot run here: {error}");

            Assert.Equal(3, child.ExitCode);
            Assert.Contains(folder.FullName, output, StringComparison.Ordinal);
            Assert.Contains("cannot be written", output, StringComparison.Ordinal);
        }
        finally
        {
            File.SetUnixFileMode(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Wrong_options_are_all_named_with_their_paths()
    {
        var options = new JournalOptions { Folder = " ", MaxBatch = 0, EvidenceRetention = TimeSpan.Zero };

        var exception = Assert.Throws<ArgumentException>(() => SqliteJournal.Open(options, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<SqliteJournal>.Instance));

        Assert.Contains("journal.Folder: is empty", exception.Message, StringComparison.Ordinal);
        Assert.Contains("journal.MaxBatch: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("journal.EvidenceRetention: ", exception.Message, StringComparison.Ordinal);
        Assert.Equal(
            ["reporting.Limits.MaxWatchers: 0 is not between 1 and 100000", "reporting.HeartbeatInterval: is not between 100 ms and 10 minutes"],
            new ReportingOptions { Limits = new() { MaxWatchers = 0 }, HeartbeatInterval = TimeSpan.Zero }.Validate("reporting"));
        Assert.Empty(new ReportingOptions().Validate("reporting"));
    }

    private static void Execute(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is the test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
