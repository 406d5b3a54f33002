using IntegrityGate.Core;
using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Routing;

/// <summary>The routes in their order: the first that fits is taken, and the last fits always. Compared by value.</summary>
/// <param name="Routes">All routes; the default route is the last.</param>
public sealed record RouteTable(ValueList<StreamRoute> Routes)
{
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

    /// <summary>
    /// What enhanced RTMP may be promised on an app, before the stream name tells the route: what every server that the app's streams
    /// may go to is known to take; everything where they are kept in the gate. A primary that has not said yet is promised nothing of,
    /// since a broken promise costs the publisher the stream; a copy that has not said yet, or is dead, costs nobody anything.
    /// </summary>
    /// <param name="app">The app.</param>
    /// <param name="known">What a server said last; null when it never did.</param>
    public RtmpCapabilities Promise(string app, Func<UpstreamTemplate, RtmpCapabilities?> known) =>
        Reachable(app)
            .SelectMany(route => route.Upstreams.Select((server, rank) => known(server) ?? (rank == 0 ? RtmpCapabilities.None : RtmpCapabilities.PassAll)))
            .Aggregate(RtmpCapabilities.PassAll, (all, one) => all.Intersect(one));
}
