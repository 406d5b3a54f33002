using IntegrityGate.Core.Incidents;

namespace IntegrityGate.Web;

/// <summary>A piece of evidence as the page and a scan show it.</summary>
internal sealed record FactView(string Kind, long AtMs, string Text, double? Score, double? Threshold, int Samples, string Model)
{
    public static FactView Of(IncidentFact fact) => new(
        fact.Kind,
        fact.At.Milliseconds,
        fact.Text,
        Finite(fact.Score),
        Finite(fact.Threshold),
        fact.Samples,
        fact.Model is { } model ? $"{model.Name} {model.Version} {model.Sha256}" : "");

    // JSON has no infinity.
    private static double? Finite(double? number) => number is { } value && double.IsFinite(value) ? value : null;
}
