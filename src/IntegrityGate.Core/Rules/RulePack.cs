namespace IntegrityGate.Core.Rules;

/// <summary>One jurisdiction's demands as data; compared by value, so that a reload is a diff.</summary>
public sealed record RulePack
{
    /// <summary>Id, for example <c>cn-2025</c>; every rule's id begins with it.</summary>
    public required string Id { get; init; }

    /// <summary>Title for people.</summary>
    public required string Title { get; init; }

    /// <summary>ISO 3166 code of the jurisdiction, or <c>gate</c> for the gate's own rules.</summary>
    public required string Jurisdiction { get; init; }

    /// <summary>What stamped labels say; null when the pack leaves that to another.</summary>
    public TierWording? Wording { get; init; }

    /// <summary>The rules.</summary>
    public ValueList<Rule> Rules { get; init; } = [];

    /// <summary>Marks of generators and platforms.</summary>
    public ValueList<VisibleMark> VisibleMarks { get; init; } = [];
}
