using System.Diagnostics.CodeAnalysis;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Routing;

/// <summary>A server behind the gate, as a route names it.</summary>
/// <param name="Target">The server; captures may stand in its app, never in its host: a stranger must not choose where the gate connects.</param>
/// <param name="Key">The stream name to publish under; null for the publisher's own, byte for byte.</param>
public sealed record UpstreamTemplate(RtmpTarget Target, RouteTemplate? Key)
{
    private static readonly HashSet<string> s_raw = ["query"];

    /// <summary>Host, port and app as the route has them: never a captured value.</summary>
    public string Name => Target.ToString();

    /// <summary>Host and port, for what is remembered of a server.</summary>
    public string EndPoint => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Target.Host}:{Target.Port}");

    /// <summary>The address for one stream.</summary>
    /// <param name="captures">The route's captures.</param>
    /// <param name="own">The publisher's own stream name.</param>
    /// <param name="upstream">The server and the name to publish under.</param>
    /// <param name="capture">The capture whose value cannot stand in an address.</param>
    public bool TryResolve(
        IReadOnlyDictionary<string, string> captures,
        StreamKey own,
        [NotNullWhen(true)] out (RtmpTarget Target, StreamKey Key)? upstream,
        [NotNullWhen(false)] out string? capture)
    {
        upstream = null;
        captures = new Dictionary<string, string>(captures, StringComparer.Ordinal) { ["query"] = own.Query.Length == 0 ? "" : "?" + own.Query };
        if (!new RouteTemplate(Target.App).TryRender(captures, s_raw, out var app, out capture))
            return false;
        var key = own;
        if (Key is not null)
        {
            if (!Key.TryRender(captures, s_raw, out var name, out capture))
                return false;
            key = new StreamKey(name);
        }

        upstream = (Target with { App = app, Label = Name }, key);
        return true;
    }
}
