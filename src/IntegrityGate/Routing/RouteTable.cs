using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Routing;

/// <summary>The routes in their order: the first that fits is taken, and the last fits always. Compared by value.</summary>
public sealed class RouteTable(IReadOnlyList<StreamRoute> routes) : IEquatable<RouteTable>
{
    /// <summary>All routes; the default route is the last.</summary>
    public IReadOnlyList<StreamRoute> Routes { get; } = routes;

    /// <summary>The route of an address, with its captures.</summary>
    public (StreamRoute Route, IReadOnlyDictionary<string, string> Captures) Find(RtmpAddress address)
    {
        foreach (var route in Routes)
        {
            if (route.Match(address) is { } captures)
                return (route, captures);
        }

        throw new InvalidOperationException("The default route fits every address.");
    }

    /// <summary>The routes that some stream of an app can take.</summary>
    public IEnumerable<StreamRoute> Reachable(string app)
    {
        foreach (var route in Routes)
        {
            if (!route.App.Matches(app, []))
                continue;
            yield return route;
            if (route.IsWholeApp)
                yield break;
        }
    }

    /// <inheritdoc/>
    public bool Equals(RouteTable? other) => other is not null && Routes.SequenceEqual(other.Routes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RouteTable);

    /// <inheritdoc/>
    public override int GetHashCode() => Routes.Count;
}
