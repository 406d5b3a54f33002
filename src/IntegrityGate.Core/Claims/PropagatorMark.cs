using IntegrityGate.Core.Judging;

namespace IntegrityGate.Core.Claims;

/// <summary>Composes the implicit label that leaves this platform: exactly one (GB 45438-2025 6.1 c), with this platform as its propagator (CAC Measures art. 6).</summary>
/// <param name="identity">This platform.</param>
/// <param name="newPropagateId">Gives a propagation number, unique within the platform; characters of Annex E j) only.</param>
public sealed class PropagatorMark(PropagatorIdentity identity, Func<string> newPropagateId)
{
    /// <summary>Composes the label of one stream session; call it once and keep the result, since every call takes a new number.</summary>
    /// <param name="inbound">The label that came in, or null.</param>
    /// <param name="tier">The tier for content that brought none.</param>
    /// <returns>
    /// With an inbound label, that label with nothing changed but the propagator's three fields. A first write has propagator
    /// and producer alike, and both numbers alike (Annex E note 1): the code is the platform's, because it is the one who wrote it.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">No inbound label and tier none: such content is not marked.</exception>
    public AigcLabel Compose(AigcLabel? inbound, Tier tier)
    {
        var number = newPropagateId();
        if (inbound is not null)
        {
            // ReservedCode2 protected the previous propagator's fields; it would not fit ours.
            return inbound with { ContentPropagator = identity.Value, PropagateId = number, ReservedCode2 = "" };
        }

        return new AigcLabel(LabelFor(tier), identity.Value, number, "", identity.Value, number, "");
    }

    /// <summary>The <c>Label</c> value of a tier (Annex E).</summary>
    /// <param name="tier">Any tier but none.</param>
    /// <exception cref="ArgumentOutOfRangeException">Tier none.</exception>
    public static string LabelFor(Tier tier) => tier switch
    {
        Tier.Confirmed => "1",
        Tier.Possible => "2",
        Tier.Suspected => "3",
        _ => throw new ArgumentOutOfRangeException(nameof(tier), tier, "Content without a finding gets no implicit label."),
    };
}
