using IntegrityGate.Core;

namespace IntegrityGate.Enforcement.Marks;

/// <summary>One file of text marks.</summary>
internal sealed record MarkDocument
{
    /// <summary>The form that is read: 1.</summary>
    public const int Schema = 1;

    /// <summary>The file's own version.</summary>
    public required string Version { get; init; }

    /// <summary>The marks.</summary>
    public ValueList<TextMark> Marks { get; init; } = [];

    /// <summary>Ids of shipped marks that are not to be looked for.</summary>
    public ValueList<string> Without { get; init; } = [];

    /// <summary>Words that may stand beside a statement without changing what it says.</summary>
    public ValueList<string> Fillers { get; init; } = [];

    /// <summary>Words that make a statement of a name: "made with".</summary>
    public ValueList<string> Makers { get; init; } = [];

    /// <summary>What may follow a name: versions and editions.</summary>
    public ValueList<string> Suffixes { get; init; } = [];

    /// <summary>Words with which a line denies, asks or teaches.</summary>
    public ValueList<string> Negations { get; init; } = [];
}
