namespace IntegrityGate.Access;

/// <summary>What a guard says of a publisher.</summary>
public sealed record GuardAnswer
{
    private GuardAnswer(string reason) => Reason = reason;

    /// <summary>The publisher may publish, as far as this guard is concerned.</summary>
    public static GuardAnswer Allow { get; } = new("");

    /// <summary>True when the publisher may publish.</summary>
    public bool IsAllowed => Reason.Length == 0;

    /// <summary>Why not, in words for the publisher's own log; never a credential. Empty when allowed.</summary>
    public string Reason { get; }

    /// <summary>The publisher may not publish.</summary>
    /// <param name="reason">In words for the publisher's own log; never a credential.</param>
    public static GuardAnswer Refuse(string reason)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        return new(reason);
    }
}
