namespace IntegrityGate.Reporting.Journal;

/// <summary>Where the journal lies, how durable it is and how long it keeps what.</summary>
public sealed record JournalOptions
{
    /// <summary>Folder of the journal: <c>journal.db</c> and the <c>evidence</c> folder. Made when it is absent.</summary>
    public string Folder { get; init; } = "data";

    /// <summary>What a power cut may take.</summary>
    public JournalDurability Durability { get; init; } = JournalDurability.Full;

    /// <summary>
    /// How long events and incidents are kept; 1,096 days, which is three years with a leap day, because the live-commerce
    /// measures ask for interaction records of three years (art. 16). An open incident is kept whatever its age.
    /// </summary>
    public TimeSpan IncidentRetention { get; init; } = TimeSpan.FromDays(1096);

    /// <summary>
    /// How long evidence pictures are kept; 184 days, the longest six months of a calendar, because the CAC labelling
    /// Measures ask for logs of at least six months (art. 9).
    /// </summary>
    public TimeSpan EvidenceRetention { get; init; } = TimeSpan.FromDays(184);

    /// <summary>How long audit entries are kept, and declarations after their end; as long as the incidents they explain.</summary>
    public TimeSpan AuditRetention { get; init; } = TimeSpan.FromDays(1096);

    /// <summary>
    /// Most bytes of evidence pictures; 20 GiB, some 70,000 pictures of 300 KiB. Over it the oldest go first, and it is
    /// logged, so that pictures never fill the disk that the journal needs.
    /// </summary>
    public long MaxEvidenceBytes { get; init; } = 20L << 30;

    /// <summary>Largest picture accepted, bytes; 16 MiB, above any JPEG of an 8K frame at the quality used.</summary>
    public int MaxPictureBytes { get; init; } = 16 << 20;

    /// <summary>
    /// Most bytes of the database file; 64 GiB, some 30 million events of 2.2 KB (measured with six facts an incident), or one
    /// in three seconds for three years. Over it writes fail and the journal is unhealthy, as on a full disk, until retention
    /// or an operator makes room.
    /// </summary>
    public long MaxDatabaseBytes { get; init; } = 64L << 30;

    /// <summary>Writes that may wait for the writer; 4,096, about half a second of work. When full, writers wait (none is dropped).</summary>
    public int QueueCapacity { get; init; } = 4096;

    /// <summary>Most writes in one commit; 256, so that a write never waits for more than a few milliseconds of others.</summary>
    public int MaxBatch { get; init; } = 256;

    /// <summary>Connections that read at the same time; 4, because reads are short and more would contend for two to four cores.</summary>
    public int Readers { get; init; } = 4;

    /// <summary>How long to wait for a lock that another program (a backup, the sqlite3 shell) holds; 5 s, longer than a backup step.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often retention is applied; hourly, so that one purge is small.</summary>
    public TimeSpan PurgeInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Most rows a purge deletes in one commit; 2,000, some 10 to 25 ms as measured, so that incidents are written in between.</summary>
    public int PurgeBatch { get; init; } = 2000;

    /// <summary>
    /// Whether the file is checked for damage when it is opened (SQLite's quick check); true: it costs 2 to 3 s a GiB as
    /// measured from memory, and a damaged record is better found at start than at an appeal.
    /// </summary>
    public bool CheckAtOpen { get; init; } = true;

    /// <summary>The database file.</summary>
    public string DatabaseFile => Path.Combine(Folder, "journal.db");

    /// <summary>The folder of evidence pictures.</summary>
    public string EvidenceFolder => Path.Combine(Folder, "evidence");

    /// <summary>Everything that is wrong with the options.</summary>
    /// <param name="path">Configuration path that the errors begin with, for example <c>journal</c>.</param>
    /// <returns>One sentence an error, each with its path; empty when all is well.</returns>
    public IReadOnlyList<string> Validate(string path)
    {
        var errors = new List<string>();
        Check(!string.IsNullOrWhiteSpace(Folder), nameof(Folder), "is empty");
        Check(Enum.IsDefined(Durability), nameof(Durability), "is neither Full nor Normal");
        Check(IncidentRetention >= TimeSpan.FromDays(1), nameof(IncidentRetention), "is under one day");
        Check(EvidenceRetention >= TimeSpan.FromHours(1), nameof(EvidenceRetention), "is under one hour");
        Check(AuditRetention >= TimeSpan.FromDays(1), nameof(AuditRetention), "is under one day");
        Check(MaxEvidenceBytes >= 0, nameof(MaxEvidenceBytes), "is negative");
        Check(MaxPictureBytes is >= 1024 and <= 256 << 20, nameof(MaxPictureBytes), "is not between 1 KiB and 256 MiB");
        Check(MaxDatabaseBytes >= 256 << 10, nameof(MaxDatabaseBytes), "is under 256 KiB");
        Check(QueueCapacity is >= 1 and <= 1 << 20, nameof(QueueCapacity), "is not between 1 and 1,048,576");
        Check(MaxBatch is >= 1 and <= 1 << 16, nameof(MaxBatch), "is not between 1 and 65,536");
        Check(Readers is >= 1 and <= 64, nameof(Readers), "is not between 1 and 64");
        Check(BusyTimeout > TimeSpan.Zero && BusyTimeout <= TimeSpan.FromMinutes(1), nameof(BusyTimeout), "is not between 0 and 1 minute");
        Check(PurgeInterval >= TimeSpan.FromSeconds(1), nameof(PurgeInterval), "is under one second");
        Check(PurgeBatch is >= 1 and <= 1 << 20, nameof(PurgeBatch), "is not between 1 and 1,048,576");
        return errors;

        void Check(bool good, string name, string what)
        {
            if (!good)
                errors.Add($"{path}.{name}: {what}");
        }
    }
}
