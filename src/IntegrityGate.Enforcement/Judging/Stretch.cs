using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Time;
using IntegrityGate.Enforcement.Labels;

namespace IntegrityGate.Enforcement.Judging;

/// <summary>A stretch of AI content: the unit for which the duty to label is met or not.</summary>
/// <param name="since">Media time at which it began.</param>
internal sealed class Stretch(MediaTime since)
{
    /// <summary>Media time at which it began.</summary>
    public MediaTime Since { get; private set; } = since;

    /// <summary>The standing that holds: the last one that was decided.</summary>
    public LabelStanding Standing { get; private set; } = new(LabelDuty.Undecided, null, since, null, false);

    /// <summary>True when the newest looks decide nothing yet.</summary>
    public bool IsUndecided { get; private set; } = true;

    /// <summary>True when our own stamp met the least time, under a policy that asks for no more.</summary>
    public bool IsMendedByStamp { get; set; }

    /// <summary>Grounds up to this one were dismissed by a reviewer; null when none were.</summary>
    public (Tier Tier, VerdictBasis Basis)? Waived { get; set; }

    /// <summary>Takes a new assessment: one that is undecided leaves what held.</summary>
    public void Take(LabelStanding standing)
    {
        IsUndecided = standing.Duty == LabelDuty.Undecided;
        Standing = IsUndecided ? Standing with { WasMet = standing.WasMet } : standing;
    }

    /// <summary>The stretch is now known to have begun earlier.</summary>
    public void BeginEarlier(MediaTime since)
    {
        if (since < Since)
            Since = since;
    }

    /// <summary>The stream's clock began anew.</summary>
    public void Restart(MediaTime at) => Since = at;
}
