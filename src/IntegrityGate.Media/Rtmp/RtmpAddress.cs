namespace IntegrityGate.Media.Rtmp;

/// <summary>
/// Where a stream was published or is played, in one form. Encoders spell the same address in many ways: queries on the app, on the stream
/// name or on both, <c>_definst_</c>, virtual hosts as a parameter or in the app, prefixes and suffixes of file names. This is for choosing a
/// route and for hooks; what goes upstream is the peer's own spelling.
/// </summary>
public sealed class RtmpAddress
{
    private const string DefaultInstance = "_definst_";
    private const string SrsVhost = "...vhost...";

    private RtmpAddress(string host, string virtualHost, string app, string stream, IReadOnlyList<KeyValuePair<string, string>> query, string ownApp, string urlQuery)
    {
        OwnApp = ownApp;
        UrlQuery = urlQuery;
        Host = host;
        VirtualHost = virtualHost;
        App = app;
        Stream = stream;
        Query = query;
    }

    /// <summary>The host of the tcUrl in lower case, without port; empty when there is none.</summary>
    public string Host { get; }

    /// <summary>The virtual host: named by <c>vhost</c> or <c>domain</c>, else <see cref="Host"/>.</summary>
    public string VirtualHost { get; }

    /// <summary>The app without query, instance and slashes around it.</summary>
    public string App { get; }

    /// <summary>The stream name without query, prefix and suffix. A credential.</summary>
    public string Stream { get; }

    /// <summary>All parameters, percent-decoded: those of the stream name first, then those of the app, then those of the tcUrl that are not in the app. Credentials.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; }

    /// <summary>The app as the peer spelt it, byte for byte, query included. May hold a credential.</summary>
    public string OwnApp { get; }

    /// <summary>The query of <see cref="OwnApp"/> as the peer spelt it, without its question mark. May hold a credential.</summary>
    public string OwnQuery => Split(OwnApp).Query;

    /// <summary>The tcUrl's query as the peer spelt it, without its question mark. May hold a credential.</summary>
    public string UrlQuery { get; }

    /// <summary>The first parameter by that name, or null.</summary>
    public string? Parameter(string name)
    {
        foreach (var (key, value) in Query)
        {
            if (string.Equals(key, name, StringComparison.Ordinal))
                return value;
        }

        return null;
    }

    /// <summary>Reads an address from what a peer sent in connect and publish or play; never fails.</summary>
    public static RtmpAddress Parse(string app, string tcUrl, string stream)
    {
        var (host, urlApp) = SplitUrl(tcUrl);
        if (app.Length == 0)
            app = urlApp;
        var ownApp = app;
        var (streamName, streamQuery) = Split(stream);
        var (appName, appQuery) = Split(app);

        // "app?k=v/stream" given as one URL: some clients cut at the last slash, others leave "v/stream" to the query.
        if (streamName.Length == 0 && appQuery.LastIndexOf('/') is >= 0 and var slash)
        {
            streamName = appQuery[(slash + 1)..];
            appQuery = appQuery[..slash];
        }

        appName = CutVhost(appName, out var appVhost).Trim('/');
        if (appName.EndsWith("/" + DefaultInstance, StringComparison.Ordinal))
            appName = appName[..^(DefaultInstance.Length + 1)];
        if (streamName.StartsWith(DefaultInstance + "/", StringComparison.Ordinal))
            streamName = streamName[(DefaultInstance.Length + 1)..];
        streamName = CutVhost(streamName, out var streamVhost).Trim('/');

        // No app at all: the first part of the stream name is it.
        if (appName.Length == 0 && streamName.IndexOf('/', StringComparison.Ordinal) is > 0 and var first)
        {
            appName = streamName[..first];
            streamName = streamName[(first + 1)..];
        }

        var query = new List<KeyValuePair<string, string>>();
        AddParameters(query, streamQuery);
        AddParameters(query, appQuery);
        var urlQuery = Split(urlApp).Query;
        if (urlQuery != appQuery)
            AddParameters(query, urlQuery);
        var vhost = Named(query, "vhost") ?? Named(query, "domain") ?? streamVhost ?? appVhost ?? host;
        return new RtmpAddress(host, vhost.ToLowerInvariant(), appName, CutFileForm(streamName), query, ownApp, urlQuery);
    }

    /// <summary>Host and app; never the stream or a parameter.</summary>
    public override string ToString() => $"{VirtualHost}/{App}";

    private static (string Host, string App) SplitUrl(string tcUrl)
    {
        var scheme = tcUrl.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
            return ("", "");
        var rest = tcUrl[(scheme + 3)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var authority = slash < 0 ? rest : rest[..slash];
        authority = authority[(authority.LastIndexOf('@') + 1)..];
        var bracket = authority.LastIndexOf(']'); // [v6]:port
        var colon = authority.LastIndexOf(':');
        if (colon > bracket)
            authority = authority[..colon];
        return (authority.Trim('[', ']').ToLowerInvariant(), slash < 0 ? "" : rest[(slash + 1)..]);
    }

    private static (string Name, string Query) Split(string text)
    {
        var at = text.IndexOf('?', StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
    }

    // SRS: "app...vhost...host", also with more parameters as "...name...value".
    private static string CutVhost(string name, out string? vhost)
    {
        vhost = null;
        var at = name.IndexOf(SrsVhost, StringComparison.Ordinal);
        if (at < 0)
            return name;
        vhost = name[(at + SrsVhost.Length)..];
        if (vhost.IndexOf("...", StringComparison.Ordinal) is >= 0 and var next)
            vhost = vhost[..next];
        vhost = vhost.TrimEnd('/');
        return name[..at];
    }

    // Flash servers' names of files: "mp4:name", "flv:name", "name.flv".
    private static string CutFileForm(string name)
    {
        foreach (var prefix in (ReadOnlySpan<string>)["mp4:", "flv:", "mp3:", "f4v:"])
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                name = name[prefix.Length..];
        }

        return name.EndsWith(".flv", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name;
    }

    private static void AddParameters(List<KeyValuePair<string, string>> query, string text)
    {
        foreach (var part in text.Split('&', '?'))
        {
            if (part.Length == 0)
                continue;
            var at = part.IndexOf('=', StringComparison.Ordinal);
            query.Add(at < 0 ? new(Decode(part), "") : new(Decode(part[..at]), Decode(part[(at + 1)..].TrimEnd('/'))));
        }
    }

    private static string? Named(List<KeyValuePair<string, string>> query, string name)
    {
        foreach (var (key, value) in query)
        {
            if (key == name && value.Length > 0)
                return value;
        }

        return null;
    }

    private static string Decode(string text) => text.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(text) : text;
}
