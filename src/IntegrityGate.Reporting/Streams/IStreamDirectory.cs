using IntegrityGate.Core.Streams;

namespace IntegrityGate.Reporting.Streams;

/// <summary>The live streams, as the feed's services see them. The program implements it.</summary>
public interface IStreamDirectory
{
    /// <summary>All live streams, in any order.</summary>
    IReadOnlyList<StreamSnapshot> List();

    /// <summary>One live stream; null when it is not live.</summary>
    StreamSnapshot? Get(StreamId id);

    /// <summary>
    /// Hands a command to a live stream. By then it is in the audit log, and a declaration or review is durable. Applying a
    /// command twice does no more than applying it once.
    /// </summary>
    /// <param name="command">What to do.</param>
    /// <param name="cancellationToken">Gives up waiting; the command may still be applied.</param>
    ValueTask<CommandResult> ApplyAsync(StreamCommand command, CancellationToken cancellationToken);
}
