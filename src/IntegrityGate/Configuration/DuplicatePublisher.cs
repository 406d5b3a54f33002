namespace IntegrityGate.Configuration;

/// <summary>What happens to a second publisher on a live key.</summary>
public enum DuplicatePublisher
{
    /// <summary>It is refused.</summary>
    Refuse,

    /// <summary>It takes the stream over; the first one is closed.</summary>
    Takeover,
}
