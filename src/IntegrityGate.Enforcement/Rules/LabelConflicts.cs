using System.Globalization;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Rules;
using IntegrityGate.Enforcement.Labels;

namespace IntegrityGate.Enforcement.Rules;

/// <summary>
/// Finds what keeps one label from satisfying all packs that apply together, on any day from now on. What holds for several packs
/// holds for fewer of them, so it is enough to ask for all that may come together.
/// </summary>
public static class LabelConflicts
{
    /// <summary>Finds the conflicts.</summary>
    /// <param name="packs">The packs, the leading one first.</param>
    /// <param name="from">The first day, UTC; the days on which a later rule begins or ends are looked at too.</param>
    /// <param name="corner">Where labels are stamped.</param>
    /// <param name="reading">How labels are read: one that is stamped must be one that is read.</param>
    public static IReadOnlyList<ValidationError> Find(IReadOnlyList<RulePack> packs, DateOnly from, LabelCorner corner, LabelReadingOptions reading)
    {
        var turns = packs.SelectMany(pack => pack.Rules).SelectMany(rule => new[] { rule.InForceFrom, rule.InForceUntil }).OfType<DateOnly>().Where(day => day > from);
        return [.. turns.Append(from).Distinct().Order().SelectMany(day => On(day, packs, corner, reading)).DistinctBy(error => error.Path + error.Message)];
    }

    private static IEnumerable<ValidationError> On(DateOnly day, IReadOnlyList<RulePack> packs, LabelCorner corner, LabelReadingOptions reading)
    {
        var all = Obligations.From(packs, day);
        if (all.Presence is not { } presence)
            yield break;
        foreach (var error in Corners(all, corner))
            yield return error;
        if (all.Wordings.Count == 0)
            yield return new ValidationError("rules.packs", $"{presence.Id} asks for a label, and no pack that applies says by what words one is known");
        if (all.TierWording is not { } wording)
        {
            yield return new ValidationError("rules.packs", $"{presence.Id} asks for a label, and no pack that applies has its wording");
            yield break;
        }

        var asking = string.Join(", ", packs.Where(pack => pack.AsksForLabelOn(day)).Select(pack => pack.Id));
        foreach (var text in new[] { wording.Confirmed, wording.Possible, wording.Suspected })
        {
            var folded = LabelText.Fold(text);
            if (folded.Length > reading.MaxLabelCharacters)
            {
                yield return new ValidationError("rules.packs", string.Create(
                    CultureInfo.InvariantCulture, $"one label for {asking} would read \"{text}\", {folded.Length} characters; no more than {reading.MaxLabelCharacters} count as a label"));
            }

            foreach (var rule in all.Wordings)
            {
                if (!LabelText.HasAllElements(folded, rule))
                    yield return new ValidationError("rules.packs", $"one label for {asking} would read \"{text}\", which lacks an element of {rule.Id}");
                else if (LabelText.IsNegated(folded, rule))
                    yield return new ValidationError("rules.packs", $"one label for {asking} would read \"{text}\", which {rule.Id} takes for a denial");
            }
        }
    }

    private static IEnumerable<ValidationError> Corners(Obligations all, LabelCorner corner)
    {
        var choosy = all.Positions.Where(rule => rule.Corners.Count > 0).ToArray();
        if (choosy.Length == 0)
            yield break;
        var common = choosy.Skip(1).Aggregate(choosy[0].Corners.AsEnumerable(), (held, rule) => held.Intersect(rule.Corners)).ToArray();
        var said = string.Join("; ", choosy.Select(rule => $"{rule.Id} allows {RuleParameters.Corners.Print(rule)}"));
        if (common.Length == 0)
            yield return new ValidationError("rules.packs", $"no corner satisfies all: {said}");
        else if (!common.Contains(corner))
            yield return new ValidationError("stamp.corner", $"{RuleParameters.NameOf(corner)} does not satisfy all: {said}");
    }
}
