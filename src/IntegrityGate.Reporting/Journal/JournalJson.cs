using System.Text.Json.Serialization;
using IntegrityGate.Core.Incidents;

namespace IntegrityGate.Reporting.Journal;

/// <summary>How the journal writes JSON. Names of members and of enum values are a format: a test holds a written example.</summary>
[JsonSourceGenerationOptions(
    Converters = [typeof(StreamIdConverter), typeof(MediaTimeConverter)],
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Incident))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class JournalJson : JsonSerializerContext;
