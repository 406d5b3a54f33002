namespace IntegrityGate.Reporting.Streams;

/// <summary>The answer to a command.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Reason">Why it was refused, in one sentence for people; empty otherwise.</param>
public readonly record struct CommandResult(CommandStatus Status, string Reason = "")
{
    /// <summary>Done.</summary>
    public static CommandResult Applied => new(CommandStatus.Applied);

    /// <summary>Not live.</summary>
    public static CommandResult NotLive => new(CommandStatus.NotLive);

    /// <summary>Refused.</summary>
    public static CommandResult Refused(string reason) => new(CommandStatus.Refused, reason);
}
