using IntegrityGate.Core;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Enforcement.Rules;

namespace IntegrityGate.Configuration;

/// <summary>Reads the section <c>rules</c>, of the gate or of a route.</summary>
internal static class RulesOptionsReader
{
    // An empty list in a file cannot be told from one that is not there.
    private const string None = "none";

    public static RulesOptions Read(SectionReader s)
    {
        var selection = new RuleSelection
        {
            Packs = s.List("packs") is [None] ? [] : [.. s.List("packs")],
            Audience = [.. s.List("audience").Select(country => country.ToUpperInvariant())],
            Continuous = s.Flag("continuous"),
            Languages = [.. s.List("languages")],
            OptIn = [.. s.List("optIn")],
            Overrides = [.. s.Items("overrides").Select(Override)],
        };
        if (selection.Packs.Count == 0 && selection.Audience.Count == 0 && !selection.Continuous)
            s.Fail("packs", "names no rule pack and audience no country; the gate would demand nothing");
        return new RulesOptions(s.Text("folder"), selection, s.Text("audienceParameter"));
    }

    private static RuleOverride Override(SectionReader s) => new()
    {
        Path = s.Place,
        Rule = s.Text("rule"),
        Pack = s.Text("pack"),
        IsEnabled = s.Text("enabled").Length == 0 ? null : s.Flag("enabled"),
        Severity = s.Text("severity").Length == 0 ? null : s.Choice<Severity>("severity"),
        MinHeightFraction = s.Text("minHeightFraction").Length == 0 ? null : s.Number("minHeightFraction", 0.005, 0.5),
        MinDuration = s.Text("minSeconds").Length == 0 ? null : TimeSpan.FromSeconds(s.Number("minSeconds", 0.1, 3600)),
        Corners = Corners(s),
        Confirmed = s.Text("confirmed"),
        Possible = s.Text("possible"),
        Suspected = s.Text("suspected"),
        Acknowledged = s.Text("acknowledgeBelowLegalMinimum"),
    };

    private static ValueList<LabelCorner>? Corners(SectionReader s)
    {
        var names = s.List("corners");
        List<LabelCorner> corners = [];
        foreach (var name in names)
        {
            if (Enum.TryParse<LabelCorner>(name, ignoreCase: true, out var corner) && Enum.IsDefined(corner) && !char.IsAsciiDigit(name[0]))
                corners.Add(corner);
            else
                s.Fail("corners", $"'{name}' is not topLeft, topRight, bottomLeft or bottomRight");
        }

        return names.Count == 0 ? null : [.. corners];
    }
}
