using System.Text.Encodings.Web;
using System.Text.Json;

namespace IntegrityGate.LoadHarness.Reports;

/// <summary>A result for programs: every value of every round.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes it.</summary>
    public static string Write(HarnessResult result) => JsonSerializer.Serialize(result, Options);
}
