using IntegrityGate.Core.Streams;

namespace IntegrityGate.Reporting.Journal;

/// <summary>The journal could not be opened, read or written; the message names the file and the reason.</summary>
public sealed class JournalException(string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>Which side failed: always <see cref="GateFault.JournalFailed"/>.</summary>
    public GateFault Fault { get; } = GateFault.JournalFailed;
}
