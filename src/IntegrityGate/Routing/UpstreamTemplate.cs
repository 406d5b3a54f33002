using System.Diagnostics.CodeAnalysis;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Routing;

/// <summary>A server behind the gate, as a route names it.</summary>
/// <param name="Target">
/// The server; captures may stand in its app, never in its host: a stranger must not choose where the gate connects. Without an app, the
/// publisher's own goes on byte for byte.
/// </param>
/// <param name="Key">The stream name to publish under; null for the publisher's own, byte for byte.</param>
public sealed record UpstreamTemplate(RtmpTarget Target, RouteTemplate? Key)
{
    private static readonly HashSet<string> s_raw = ["query"];

    /// <summary>Host, port and app as the route has them: never a captured value.</summary>
    public string Name => Target.ToString();

    /// <summary>Host and port, for what is remembered of a server.</summary>
    public string EndPoint => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Target.Host}:{Target.Port}");

    /// <summary>
    /// The address for one stream. What a publisher wrote behind its app or tcUrl as parameters goes on byte for byte, since credentials
    /// stand there as often as behind the stream name, unless the template's app has parameters of its own.
    /// </summary>
    /// <param name="captures">The route's captures.</param>
    /// <param name="published">Where the publisher publishes.</param>
    /// <param name="own">The publisher's own stream name.</param>
    /// <param name="upstream">The address.</param>
    /// <param name="capture">The capture whose value cannot stand in an address.</param>
    public bool TryResolve(
        IReadOnlyDictionary<string, string> captures,
        RtmpAddress published,
        StreamKey own,
        [NotNullWhen(true)] out UpstreamAddress? upstream,
        [NotNullWhen(false)] out string? capture)
    {
        upstream = null;
        captures = new Dictionary<string, string>(captures, StringComparer.Ordinal) { ["query"] = own.Query.Length == 0 ? "" : "?" + own.Query };
        if (!new RouteTemplate(Target.App).TryRender(captures, s_raw, out var app, out capture))
            return false;
        if (app.Length == 0)
            app = published.OwnApp;
        else if (published.OwnQuery.Length > 0 && !HasQuery(app))
            app += "?" + published.OwnQuery;
        var key = own;
        if (Key is not null)
        {
            if (!Key.TryRender(captures, s_raw, out var name, out capture))
                return false;
            key = new StreamKey(name);
        }

        var target = Target with { App = app, Label = Name };
        var tcUrl = published.UrlQuery.Length > 0 && !HasQuery(app) ? $"{target.TcUrl}?{published.UrlQuery}" : target.TcUrl;
        upstream = new UpstreamAddress(target, tcUrl, key);
        return true;
    }

    /// <summary>Never the stream name to publish under, which is a credential.</summary>
    public override string ToString() => Name;

    private static bool HasQuery(string app) => app.Contains('?', StringComparison.Ordinal);
}
