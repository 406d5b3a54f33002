using IntegrityGate.Core.Time;

namespace IntegrityGate.Core.Claims;

/// <summary>What was read from the value of an <c>AIGC</c> property.</summary>
/// <param name="Verdict">In four words.</param>
/// <param name="Labels">The labels that were found, in their order; missing fields are empty.</param>
/// <param name="Attribute">What the value says of the content, the strongest when labels disagree; null when it says nothing.</param>
/// <param name="Findings">The checks that failed.</param>
public sealed record AigcReading(
    AigcVerdict Verdict,
    IReadOnlyList<AigcLabel> Labels,
    AigcAttribute? Attribute,
    IReadOnlyList<AigcFinding> Findings)
{
    /// <summary>There is no implicit label.</summary>
    public static AigcReading NotFound { get; } = new(AigcVerdict.NotFound, [], null, []);

    /// <summary>The claim that the reading makes.</summary>
    /// <param name="id">The claim's id.</param>
    /// <param name="from">Media time from which it holds; null from the stream's start.</param>
    /// <returns>Null when the value claims nothing.</returns>
    public Claim? ToClaim(string id, MediaTime? from = null) => Attribute is not { } attribute
        ? null
        : new Claim(id, ClaimSource.Metadata, attribute, from, Label: Labels.Count > 0 ? Labels[0] : null);
}
