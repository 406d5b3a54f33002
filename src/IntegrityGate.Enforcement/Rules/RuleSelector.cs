using IntegrityGate.Core.Rules;

namespace IntegrityGate.Enforcement.Rules;

/// <summary>Makes the packs that apply out of a selection: picked by name and audience, in the operator's language and with the operator's values. Lives for one selection.</summary>
/// <param name="library">The packs that there are.</param>
/// <param name="selection">What the operator chose.</param>
internal sealed class RuleSelector(RulePackLibrary library, RuleSelection selection)
{
    private const string Gate = "gate";

    /// <summary>Everything that is wrong with the selection.</summary>
    public List<ValidationError> Errors { get; } = [];

    /// <summary>The packs, with the gate's own rules last.</summary>
    public IReadOnlyList<RulePack> Select()
    {
        var packs = Ids().Append(Gate).Distinct(StringComparer.Ordinal).Select(Find).OfType<RulePack>().Select(pack => pack.In(selection.Languages)).ToList();
        CheckOptIn();
        foreach (var change in selection.Overrides)
            Apply(change, packs);
        for (var i = 0; i < packs.Count; i++)
            packs[i] = packs[i] with { Rules = [.. packs[i].Rules.Select(OptIn)] };
        return packs;
    }

    private IEnumerable<string> Ids()
    {
        foreach (var id in selection.Packs)
            yield return id;
        foreach (var country in selection.Audience)
        {
            var meant = library.Packs.Values.Where(pack => pack.Audience.Contains(country, StringComparer.OrdinalIgnoreCase)).OrderBy(pack => pack.Id, StringComparer.Ordinal).ToArray();
            if (meant.Length == 0)
                Errors.Add(new ValidationError("rules.audience", $"no pack is for {country}: leave it out, or write a pack whose audience lists it"));
            foreach (var pack in meant)
                yield return pack.Id;
        }

        if (selection.Continuous)
            yield return RuleSelection.LiveCommerce;
    }

    private RulePack? Find(string id)
    {
        if (library.Packs.TryGetValue(id, out var pack))
            return pack;
        Errors.Add(new ValidationError("rules.packs", $"no pack is called {id}; there are {string.Join(", ", library.Packs.Keys.Order(StringComparer.Ordinal))}"));
        return null;
    }

    // What is said of packs that do not apply here waits for a route or a publisher for whom they do; only what exists nowhere is a mistake.
    private void CheckOptIn()
    {
        foreach (var id in selection.OptIn)
        {
            if (!library.Packs.ContainsKey(id) && !IsRule(id))
                Errors.Add(new ValidationError("rules.optIn", $"{id} is neither a pack nor a rule"));
        }
    }

    private bool IsRule(string id) => library.Packs.Values.Any(pack => pack.Rules.Any(rule => rule.Id == id));

    // A duty stays a duty: there is nothing to demand of a stream.
    private Rule OptIn(Rule rule) => rule is not DutyRule && rule.Status is RuleStatus.Draft or RuleStatus.Voluntary or RuleStatus.Uncertain
        && selection.OptIn.Any(id => rule.Id == id || rule.Id.StartsWith(id + ".", StringComparison.Ordinal))
            ? rule with { IsOptedIn = true }
            : rule;

    private void Apply(RuleOverride change, List<RulePack> packs)
    {
        if ((change.Rule.Length == 0) == (change.Pack.Length == 0))
        {
            Errors.Add(new ValidationError(change.Path, "names either a rule or a pack"));
            return;
        }

        var at = packs.FindIndex(pack => pack.Id == change.Pack || pack.Rules.Any(rule => rule.Id == change.Rule));
        if (at < 0)
        {
            if (change.Pack.Length > 0 && !library.Packs.ContainsKey(change.Pack))
                Errors.Add(new ValidationError(change.Path + ".pack", $"no pack is called {change.Pack}"));
            else if (change.Rule.Length > 0 && !IsRule(change.Rule))
                Errors.Add(new ValidationError(change.Path + ".rule", $"no pack has a rule {change.Rule}"));
            return;
        }

        packs[at] = change.Pack.Length > 0 ? Reword(change, packs[at]) : Change(change, packs[at]);
    }

    private RulePack Reword(RuleOverride change, RulePack pack)
    {
        if (pack.Wording is not { } held)
        {
            Errors.Add(new ValidationError(change.Path + ".pack", $"{pack.Id} leaves the wording to other packs"));
            return pack;
        }

        var wording = change.Apply(held);
        foreach (var (tier, message) in RulePackReader.FaultsOf(wording, pack))
            Errors.Add(new ValidationError($"{change.Path}.{tier}", message));
        return pack with { Wording = wording };
    }

    private RulePack Change(RuleOverride change, RulePack pack)
    {
        var rule = pack.Rules.First(rule => rule.Id == change.Rule);
        var changed = change.Apply(rule, Errors);
        if (library.LawOf(rule.Id) is { } law)
        {
            foreach (var (parameter, message) in LegalMinimum.FaultsOf(law, changed))
                Errors.Add(new ValidationError($"{change.Path}.{parameter}", $"{message} ({rule.Id}); acknowledgeBelowLegalMinimum: {law.Clause} takes it all the same"));
        }

        return pack with { Rules = [.. pack.Rules.Select(one => one.Id == rule.Id ? changed : one)] };
    }
}
