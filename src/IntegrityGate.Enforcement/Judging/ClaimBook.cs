using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Judging;

/// <summary>The claims about a stream, and what they give by art. 6 of the CAC Measures.</summary>
internal sealed class ClaimBook
{
    /// <summary>64 claims: a stream has one from its metadata, one from its query and a handful from the platform; when there are more, the weakest goes.</summary>
    public const int MaxClaims = 64;

    private readonly Dictionary<string, Claim> _claims = new(StringComparer.Ordinal);

    /// <summary>Adds a claim, or replaces the one with its id.</summary>
    public void Add(Claim claim, MediaTime now)
    {
        _claims[claim.Id] = claim;
        if (_claims.Count <= MaxClaims)
            return;
        foreach (var ended in _claims.Values.Where(held => held.Until <= now).ToArray())
            _claims.Remove(ended.Id);
        if (_claims.Count > MaxClaims)
            _claims.Remove(_claims.Values.OrderBy(TierOf).ThenBy(BasisOf).ThenByDescending(held => held.Id, StringComparer.Ordinal).First().Id);
    }

    /// <summary>Removes a claim; an unknown id is passed over.</summary>
    public void Withdraw(string id) => _claims.Remove(id);

    /// <summary>What the claims that hold at a moment say.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="streamStart">Where a claim without a beginning begins.</param>
    public IEnumerable<Ground> At(MediaTime now, MediaTime streamStart)
    {
        foreach (var claim in _claims.Values)
        {
            if (claim.Attribute == AigcAttribute.NotGenerated || !Holds(claim, now))
                continue;
            var since = claim.From ?? streamStart;
            yield return new Ground(TierOf(claim), BasisOf(claim), since, new IncidentFact("claim", since, Describe(claim)));
        }
    }

    /// <summary>Two claims that hold at a moment and contradict each other: declared as not generated, and the strongest of those that say AI.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="streamStart">Where a claim without a beginning begins.</param>
    /// <returns>Both, and from when both hold; null when no two do.</returns>
    public (IncidentFact Human, IncidentFact Ai, MediaTime Since)? Contradiction(MediaTime now, MediaTime streamStart)
    {
        var human = _claims.Values.Where(claim => claim.Attribute == AigcAttribute.NotGenerated && Holds(claim, now)).MinBy(claim => claim.Id, StringComparer.Ordinal);
        if (human is null || Ground.Strongest(At(now, streamStart)) is not { } ai)
            return null;
        var since = human.From ?? streamStart;
        return (new IncidentFact("claim", since, Describe(human)), ai.Fact, since > ai.Since ? since : ai.Since);
    }

    private static bool Holds(Claim claim, MediaTime now) => !((claim.From is { } from && from > now) || (claim.Until is { } until && until <= now));

    // Art. 6(1) asks for an implicit label that was verified; a declaration of "generated" is a declaration still: 6(2).
    private static Tier TierOf(Claim claim) => (claim.Source, claim.Attribute) switch
    {
        (ClaimSource.Metadata, AigcAttribute.Generated) => Tier.Confirmed,
        (_, AigcAttribute.Generated or AigcAttribute.Possible) => Tier.Possible,
        (_, AigcAttribute.NotGenerated) => Tier.None,
        _ => Tier.Suspected,
    };

    private static VerdictBasis BasisOf(Claim claim) => claim.Source == ClaimSource.Metadata ? VerdictBasis.Metadata : VerdictBasis.Declaration;

    private static string Describe(Claim claim)
    {
        var says = claim.Attribute switch
        {
            AigcAttribute.Generated => "AI-generated",
            AigcAttribute.Possible => "possibly AI-generated",
            AigcAttribute.NotGenerated => "not AI-generated",
            _ => "suspected to be AI-generated",
        };
        return claim.Source switch
        {
            ClaimSource.Metadata => $"The metadata's implicit label says {says}.",
            ClaimSource.PublishQuery => $"The publisher declares it {says}.",
            _ => claim.By.Length == 0 ? $"The platform declares it {says}." : $"{claim.By[..Math.Min(claim.By.Length, 64)]} declares it {says}.",
        };
    }
}
