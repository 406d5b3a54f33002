using IntegrityGate.Configuration;
using IntegrityGate.Core;
using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Routing;

/// <summary>Which streams go where, and under which policy. Compared by value.</summary>
public sealed record StreamRoute
{
    /// <summary>The name of the route that is taken when no other is.</summary>
    public const string DefaultName = "default";

    /// <summary>Its name in logs and on pages.</summary>
    public required string Name { get; init; }

    /// <summary>Hosts it is for: what the encoder connected to, or the virtual host that it names; in lower case.</summary>
    public RoutePattern Host { get; init; } = RoutePattern.Everything;

    /// <summary>Apps it is for.</summary>
    public RoutePattern App { get; init; } = RoutePattern.Everything;

    /// <summary>Stream names it is for.</summary>
    public RoutePattern Stream { get; init; } = RoutePattern.Everything;

    /// <summary>Parameters that must be there, and their patterns.</summary>
    public ValueList<KeyValuePair<string, RoutePattern>> Query { get; init; } = [];

    /// <summary>Servers: the first is the primary, the others get copies; none keeps the stream in the gate.</summary>
    public ValueList<UpstreamTemplate> Upstreams { get; init; } = [];

    /// <summary>What is done about a verdict.</summary>
    public required PolicyOptions Policy { get; init; }

    /// <summary>Which rules apply.</summary>
    public required RulesOptions Rules { get; init; }

    /// <summary>How the label is stamped.</summary>
    public required StampOptions Stamp { get; init; }

    /// <summary>How its streams are looked at; models and decoders are the whole gate's.</summary>
    public required InspectionOptions Inspection { get; init; }

    /// <summary>True when every stream of a matching app takes it.</summary>
    public bool IsWholeApp => Host.IsEverything && Stream.IsEverything && Query.Count == 0;

    /// <summary>The captures when an address fits, otherwise null.</summary>
    public IReadOnlyDictionary<string, string>? Match(RtmpAddress address)
    {
        var captures = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!Host.Matches(address.VirtualHost, captures) || !App.Matches(address.App, captures) || !Stream.Matches(address.Stream, captures))
            return null;
        foreach (var (name, pattern) in Query)
        {
            if (address.Parameter(name) is not { } value || !pattern.Matches(value, captures))
                return null;
        }

        captures["app"] = address.App;
        captures["stream"] = address.Stream;
        return captures;
    }
}
