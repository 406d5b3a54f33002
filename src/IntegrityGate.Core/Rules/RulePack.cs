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

    /// <summary>What is to be known of the pack as a whole; empty when there is nothing to say.</summary>
    public string Note { get; init; } = "";

    /// <summary>The audiences that it is for: ISO 3166 codes, or <c>EU</c>; empty when it applies only by name.</summary>
    public ValueList<string> Audience { get; init; } = [];

    /// <summary>Language of <see cref="Wording"/>, BCP 47; empty when it is not said.</summary>
    public string Language { get; init; } = "";

    /// <summary>What stamped labels say; null when the pack leaves that to another.</summary>
    public TierWording? Wording { get; init; }

    /// <summary>The same in further languages.</summary>
    public ValueList<LanguageWording> Translations { get; init; } = [];

    /// <summary>The rules.</summary>
    public ValueList<Rule> Rules { get; init; } = [];

    /// <summary>Marks of generators and platforms.</summary>
    public ValueList<VisibleMark> VisibleMarks { get; init; } = [];

    /// <summary>True when the pack asks for a label on a day, so that its wording is due.</summary>
    /// <param name="day">The day, UTC.</param>
    public bool AsksForLabelOn(DateOnly day) => Rules.Any(rule => rule is LabelPresenceRule or LabelWordingRule && rule.AppliesOn(day));

    /// <summary>The pack with the wording of the first language that it has; its own where it has none of them.</summary>
    /// <param name="languages">Languages, the preferred one first, BCP 47.</param>
    public RulePack In(IEnumerable<string> languages)
    {
        foreach (var language in languages)
        {
            if (language.Equals(Language, StringComparison.OrdinalIgnoreCase))
                return this;
            if (Translations.FirstOrDefault(one => one.Language.Equals(language, StringComparison.OrdinalIgnoreCase)) is { } translation)
                return this with { Language = translation.Language, Wording = translation.Wording };
        }

        return this;
    }
}
