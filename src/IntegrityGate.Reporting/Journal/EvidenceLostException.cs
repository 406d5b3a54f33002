namespace IntegrityGate.Reporting.Journal;

/// <summary>A picture that the journal names is missing or not what was written.</summary>
/// <param name="id">The picture's id.</param>
/// <param name="reason">What is wrong.</param>
public sealed class EvidenceLostException(string id, string reason) : IOException($"evidence {id}: {reason}")
{
    /// <summary>The picture's id.</summary>
    public string Id { get; } = id;
}
