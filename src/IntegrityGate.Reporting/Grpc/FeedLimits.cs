namespace IntegrityGate.Reporting.Grpc;

/// <summary>What a caller of the feed may send and hold.</summary>
public sealed record FeedLimits
{
    /// <summary>Watches at a time; 256: each holds a batch while it replays (150 MiB for all), and integrators need a few, not thousands (that is what NATS is for).</summary>
    public int MaxWatchers { get; init; } = 256;

    /// <summary>How long a watcher may take nothing while something is being sent; 2 minutes, longer than any pause of a healthy client, so that dead ones free their places.</summary>
    public TimeSpan MaxWatcherStall { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Events read from the journal at a time for one watcher; 256, about 0.6 MiB of usual incidents and never over 2 MiB.</summary>
    public int WatchBatch { get; init; } = 256;

    /// <summary>Pictures being sent at a time; 32: each holds a file and a 64 KiB buffer.</summary>
    public int MaxEvidenceReads { get; init; } = 32;

    /// <summary>Bytes of a picture in one message; 64 KiB, the most that the contract allows and the size from which gRPC gains nothing more.</summary>
    public int EvidenceChunkBytes { get; init; } = 64 << 10;

    /// <summary>Bytes of one request; 64 KiB: the largest sensible one, a filter with 256 ids, has 20 KiB.</summary>
    public int MaxRequestBytes { get; init; } = 64 << 10;

    /// <summary>Entries on a page when the caller does not say; 100, a screenful or two.</summary>
    public int DefaultPageSize { get; init; } = 100;

    /// <summary>Most entries on a page; 1,000, under a gRPC client's default of 4 MiB a message.</summary>
    public int MaxPageSize { get; init; } = 1000;

    /// <summary>Values in one filter; 256: more is a query for everything, filtered by the caller.</summary>
    public int MaxFilterValues { get; init; } = 256;

    /// <summary>Characters of an id, a name or a code; 128: a UUID has 36, a mail address rarely over 64.</summary>
    public int MaxNameLength { get; init; } = 128;

    /// <summary>Characters of a reason or an agreement; 1,024, a paragraph.</summary>
    public int MaxTextLength { get; init; } = 1024;

    /// <summary>Characters of a forced stamp's wording; 32: a longer one cannot stand in the picture at the height that GB 45438-2025 5.4 asks for.</summary>
    public int MaxWordingLength { get; init; } = 32;

    /// <summary>Declarations of one stream that stand at a time; 64, some dozen segments of a programme and room to spare.</summary>
    public int MaxDeclarationsPerStream { get; init; } = 64;

    /// <summary>Everything that is wrong with the limits.</summary>
    /// <param name="path">Configuration path that the errors begin with.</param>
    public IReadOnlyList<string> Validate(string path)
    {
        var errors = new List<string>();
        Between(MaxWatchers, 1, 100_000, nameof(MaxWatchers));
        Between(WatchBatch, 1, 4096, nameof(WatchBatch));
        Between(MaxEvidenceReads, 1, 10_000, nameof(MaxEvidenceReads));
        Between(EvidenceChunkBytes, 1024, 64 << 10, nameof(EvidenceChunkBytes));
        Between(MaxRequestBytes, 1024, 4 << 20, nameof(MaxRequestBytes));
        Between(MaxPageSize, 1, 1000, nameof(MaxPageSize));
        Between(DefaultPageSize, 1, Math.Max(1, MaxPageSize), nameof(DefaultPageSize));
        Between(MaxFilterValues, 1, 10_000, nameof(MaxFilterValues));
        Between(MaxNameLength, 64, 1024, nameof(MaxNameLength));
        Between(MaxTextLength, 64, 64 << 10, nameof(MaxTextLength));
        Between(MaxWordingLength, 1, 128, nameof(MaxWordingLength));
        Between(MaxDeclarationsPerStream, 1, 100_000, nameof(MaxDeclarationsPerStream));
        if (MaxWatcherStall < TimeSpan.FromSeconds(1) || MaxWatcherStall > TimeSpan.FromHours(1))
            errors.Add($"{path}.{nameof(MaxWatcherStall)}: is not between 1 second and 1 hour");
        return errors;

        void Between(int value, int least, int most, string name)
        {
            if (value < least || value > most)
                errors.Add($"{path}.{name}: {value} is not between {least} and {most}");
        }
    }
}
