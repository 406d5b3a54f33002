using IntegrityGate.Media.Rtmp;
using IntegrityGate.Routing;

namespace IntegrityGate.Configuration;

/// <summary>Reads the list <c>routes</c>. What a route does not say, the sections of the same names outside say.</summary>
internal static class RoutesReader
{
    private static readonly string[] s_given = ["app", "stream", "query"];

    public static RouteTable Read(SectionReader root, StreamRoute defaultRoute)
    {
        List<StreamRoute> routes = [];
        foreach (var item in root.Items("routes"))
        {
            var route = ReadRoute(item, root, defaultRoute, routes.Count);
            if (routes.Exists(r => r.Name == route.Name) || route.Name == StreamRoute.DefaultName)
                item.Fail("name", $"'{route.Name}' names a route already");
            routes.Add(route);
        }

        return new RouteTable([.. routes, defaultRoute]);
    }

    private static StreamRoute ReadRoute(SectionReader s, SectionReader root, StreamRoute defaultRoute, int index)
    {
        var host = Pattern(s, "host", s.Text("host"));
        var app = Pattern(s, "app", s.Text("app"));
        var stream = Pattern(s, "stream", s.Text("stream"));
        List<KeyValuePair<string, RoutePattern>> query = [.. s.Entries("query").Select(e => KeyValuePair.Create(e.Key, Pattern(s, "query." + e.Key, e.Value)))];
        List<string> names = [.. host.Names, .. app.Names, .. stream.Names, .. query.SelectMany(q => q.Value.Names)];
        foreach (var twice in names.GroupBy(n => n).Where(g => g.Count() > 1 || s_given.Contains(g.Key)))
            s.Fail("app", $"{{{twice.Key}}} is captured twice, or is a name of the gate's own ({string.Join(", ", s_given)})");
        var name = s.Text("name");
        return new StreamRoute
        {
            Name = name.Length > 0 ? name : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"route-{index + 1}"),
            Host = host,
            App = app,
            Stream = stream,
            Query = [.. query],
            Upstreams = [.. s.Items("upstreams").Select(u => Upstream(u, [.. names, .. s_given])).OfType<UpstreamTemplate>()],
            Policy = GateOptionsReader.Policy(s.Over("policy", root)),
            Rules = RulesOptionsReader.Read(s.Over("rules", root)),
            Stamp = Stamp(s, root, defaultRoute.Stamp),
            Inspection = InspectionOptionsReader.Pace(s.Over("inspection", root), defaultRoute.Inspection),
        };
    }

    // One font is loaded for all labels.
    private static StampOptions Stamp(SectionReader s, SectionReader root, StampOptions common)
    {
        var stamp = GateOptionsReader.Stamp(s.Over("stamp", root));
        if (stamp.Font != common.Font)
            s.Fail("stamp.font", "is the whole gate's: set stamp.font");
        return stamp with { Font = common.Font };
    }

    private static RoutePattern Pattern(SectionReader s, string key, string text)
    {
        if (text.Length == 0)
            return RoutePattern.Everything;
        if (RoutePattern.TryParse(text, out var pattern, out var error))
            return pattern;
        s.Fail(key, error);
        return RoutePattern.Everything;
    }

    private static UpstreamTemplate? Upstream(SectionReader s, IReadOnlyCollection<string> names)
    {
        var isPlain = s.Own is not null;
        var field = isPlain ? "" : "url";
        var url = s.Own ?? s.Required("url");
        var key = isPlain ? "" : s.Text("key");
        if (!RtmpTarget.TryParse(url, out var target, out var reason, needsApp: false))
        {
            s.Fail(field, reason);
            return null;
        }

        if (target.Host.Contains('{', StringComparison.Ordinal))
            s.Fail(field, "a capture cannot stand in the host: a publisher must not choose where the gate connects");
        foreach (var name in new RouteTemplate(target.App).Names.Where(n => !names.Contains(n) || n == "query"))
            s.Fail(field, $"{{{name}}} is captured by no pattern of the route");
        foreach (var name in new RouteTemplate(key).Names.Where(n => !names.Contains(n)))
            s.Fail("key", $"{{{name}}} is captured by no pattern of the route");
        return new UpstreamTemplate(target, key.Length == 0 ? null : new RouteTemplate(key));
    }
}
