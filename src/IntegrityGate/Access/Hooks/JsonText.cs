using System.Text;
using System.Text.Json;

namespace IntegrityGate.Access.Hooks;

/// <summary>A JSON body with its length: small hook servers do not read chunked requests.</summary>
internal static class JsonText
{
    /// <summary>An object of texts, in the order given.</summary>
    public static HttpContent Of(Dictionary<string, string> fields) => new StringContent(JsonSerializer.Serialize(fields), Encoding.UTF8, "application/json");
}
