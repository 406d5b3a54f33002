using IntegrityGate.Core.Incidents;

namespace IntegrityGate.Core.Rules;

/// <summary>The label's words must hold one element of every group.</summary>
public sealed record LabelWordingRule : Rule
{
    /// <summary>The groups; a label holds at least one alternative of each.</summary>
    public required ValueList<ElementGroup> Groups { get; init; }

    /// <summary>Where not empty, a label also has one of these phrases: for wording so short that it stands in any text.</summary>
    public ValueList<Phrase> Forms { get; init; } = [];

    /// <summary>Words that make a line the opposite of a label or a talk about the matter ("no AI", "how to"): such a line is no label.</summary>
    public ValueList<string> Negations { get; init; } = [];

    /// <summary>Phrases that are meant as a disclosure, so that a line which has one and lacks an element is a wrongly worded label and not just any text.</summary>
    public ValueList<Phrase> Disclosures { get; init; } = [];

    /// <inheritdoc/>
    public override string Violation => ViolationCode.LabelWording;
}
