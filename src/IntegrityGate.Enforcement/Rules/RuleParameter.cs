using System.Text.Json.Nodes;
using IntegrityGate.Core.Rules;

namespace IntegrityGate.Enforcement.Rules;

/// <summary>A parameter of a kind of rule: how it is read from a pack, how it is printed, and what the schema says of it.</summary>
/// <param name="Name">Key in the pack.</param>
/// <param name="Meaning">What it is, in one sentence.</param>
/// <param name="IsRequired">True when a rule of the kind must have it.</param>
/// <param name="Schema">Makes its JSON schema, without the description.</param>
/// <param name="Read">Puts the value of a node into a rule of the kind.</param>
/// <param name="Print">The value of a rule of the kind; empty when it is not set.</param>
internal sealed record RuleParameter(
    string Name, string Meaning, bool IsRequired, Func<JsonObject> Schema, Func<PackNode, Rule, Rule> Read, Func<Rule, string> Print);
