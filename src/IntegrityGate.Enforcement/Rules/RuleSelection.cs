using IntegrityGate.Core;

namespace IntegrityGate.Enforcement.Rules;

/// <summary>Which packs apply to a stream, and what an operator makes of them; compared by value.</summary>
public sealed record RuleSelection
{
    /// <summary>Id of the pack that <see cref="Continuous"/> adds.</summary>
    public const string LiveCommerce = "cn-live-commerce";

    /// <summary>Packs by id, the leading one first.</summary>
    public ValueList<string> Packs { get; init; } = [];

    /// <summary>Countries of the audience, ISO 3166 codes or <c>EU</c>: the packs that are for them are added.</summary>
    public ValueList<string> Audience { get; init; } = [];

    /// <summary>Live commerce: adds <see cref="LiveCommerce"/>.</summary>
    public bool Continuous { get; init; }

    /// <summary>Languages of stamped labels, the preferred one first, BCP 47; a pack that has none of them keeps its own.</summary>
    public ValueList<string> Languages { get; init; } = [];

    /// <summary>Ids of packs or rules that are no law (drafts, recommendations, unsure ones) and are demanded all the same.</summary>
    public ValueList<string> OptIn { get; init; } = [];

    /// <summary>Changes of single values.</summary>
    public ValueList<RuleOverride> Overrides { get; init; } = [];
}
