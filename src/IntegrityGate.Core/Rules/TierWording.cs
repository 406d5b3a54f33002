using IntegrityGate.Core.Judging;

namespace IntegrityGate.Core.Rules;

/// <summary>What a stamped label says, by tier (CAC Measures art. 6).</summary>
/// <param name="Confirmed">Art. 6(1): 属于.</param>
/// <param name="Possible">Art. 6(2): 可能为.</param>
/// <param name="Suspected">Art. 6(3): 疑似.</param>
public sealed record TierWording(string Confirmed, string Possible, string Suspected)
{
    /// <summary>The wording of a tier.</summary>
    /// <param name="tier">Any tier but <see cref="Tier.None"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tier has no wording.</exception>
    public string For(Tier tier) => tier switch
    {
        Tier.Confirmed => Confirmed,
        Tier.Possible => Possible,
        Tier.Suspected => Suspected,
        _ => throw new ArgumentOutOfRangeException(nameof(tier), tier, "There is no wording for content that needs no label."),
    };

    /// <summary>One wording that says all of several: their texts one behind the other, each once, and none that another one holds.</summary>
    /// <param name="wordings">The wordings, the leading one first.</param>
    /// <returns>Null when there is none.</returns>
    public static TierWording? Compose(IEnumerable<TierWording> wordings)
    {
        var all = wordings.ToArray();
        return all.Length == 0 ? null : new TierWording(Join(all, one => one.Confirmed), Join(all, one => one.Possible), Join(all, one => one.Suspected));
    }

    private static string Join(TierWording[] all, Func<TierWording, string> text)
    {
        var texts = all.Select(text).Distinct(StringComparer.Ordinal).ToArray();
        return string.Join(' ', texts.Where(one => !texts.Any(other => other != one && other.Contains(one, StringComparison.Ordinal))));
    }
}
