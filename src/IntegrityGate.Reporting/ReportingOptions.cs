using IntegrityGate.Reporting.Grpc;
using IntegrityGate.Reporting.Journal;

namespace IntegrityGate.Reporting;

/// <summary>The journal and the feed.</summary>
public sealed record ReportingOptions
{
    /// <summary>Where the journal lies and how long it keeps what.</summary>
    public JournalOptions Journal { get; init; } = new();

    /// <summary>What a caller of the feed may send and hold.</summary>
    public FeedLimits Limits { get; init; } = new();

    /// <summary>
    /// Time between heartbeats of a watch; 10 s, so that a dead connection is noticed within half a minute (three beats), which
    /// also keeps the connection open through proxies that close idle ones after 60 s.
    /// </summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Everything that is wrong with the options.</summary>
    /// <param name="path">Configuration path that the errors begin with, for example <c>reporting</c>.</param>
    /// <returns>One sentence an error, each with its path; empty when all is well.</returns>
    public IReadOnlyList<string> Validate(string path)
    {
        var errors = new List<string>(Journal.Validate($"{path}.{nameof(Journal)}"));
        errors.AddRange(Limits.Validate($"{path}.{nameof(Limits)}"));
        if (HeartbeatInterval < TimeSpan.FromMilliseconds(100) || HeartbeatInterval > TimeSpan.FromMinutes(10))
            errors.Add($"{path}.{nameof(HeartbeatInterval)}: is not between 100 ms and 10 minutes");
        return errors;
    }
}
