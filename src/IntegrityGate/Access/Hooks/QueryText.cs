using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Access.Hooks;

/// <summary>The query of a publish as one text.</summary>
internal static class QueryText
{
    /// <summary>The stream name's query byte for byte; when it has none, the parameters of the app and the tcUrl.</summary>
    public static string Of(PublishRequest request) => request.Key.Query.Length > 0
        ? request.Key.Query
        : string.Join('&', request.Address.Query.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));
}
