using IntegrityGate.Configuration;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Routing;

namespace IntegrityGate.Tests.Routing;

public sealed class RouteTableTests
{
    private static readonly (string, string)[] s_routes =
    [
        ("routes:0:name", "studio"), ("routes:0:app", "studio"), ("routes:0:stream", "{room}-*"), ("routes:0:upstreams:0", "rtmp://a.example/rooms/{room}"),
        ("routes:0:upstreams:1:url", "rtmps://b.example/copy"), ("routes:0:upstreams:1:key", "{room}{query}"), ("routes:0:policy:detectorReview", "stamp"),
        ("routes:1:app", "{tenant}"), ("routes:1:query:region", "eu-*"), ("routes:1:upstreams:0", "rtmp://eu.example/{tenant}"),
        ("routes:2:name", "kept"), ("routes:2:app", "kept"),
        ("upstream:url", "rtmp://origin.example/live"), ("policy:metadata", "report"),
    ];

    [Theory]
    [InlineData("studio", "12-main?token=s", "studio", "rtmp://a.example/rooms/12 12-main?token=s", "rtmps://b.example/copy 12?token=s")]
    [InlineData("studio", "main", "default", "rtmp://origin.example/live main")]
    [InlineData("acme", "x?region=eu-west&k=1", "route-2", "rtmp://eu.example/acme x?region=eu-west&k=1")]
    [InlineData("acme", "x?region=us", "default", "rtmp://origin.example/live x?region=us")]
    [InlineData("kept", "x", "kept")]
    [InlineData("kept", "x?region=eu-1", "route-2", "rtmp://eu.example/kept x?region=eu-1")]
    public void The_first_route_that_fits_is_taken(string app, string stream, string name, params string[] upstreams)
    {
        var (route, captures) = Read(s_routes).Routes.Find(RtmpAddress.Parse(app, "rtmp://gate/" + app, stream));
        Assert.Equal(name, route.Name);
        Assert.Equal(upstreams, route.Upstreams.Select(u => u.TryResolve(captures, new StreamKey(stream), out var at, out _) ? $"{at.Value.Target.TcUrl} {at.Value.Key.Secret}" : "refused"));
    }

    [Fact]
    public void A_route_says_only_what_differs_in_its_policy()
    {
        var options = Read(s_routes);
        var studio = options.For(options.Routes.Routes[0]);
        Assert.Equal(EnforcementAct.Stamp, studio.Policy.DetectorReview);
        Assert.Equal(EnforcementAct.Report, studio.Policy.Metadata);
        Assert.Equal(options.Rules, studio.Rules);
        Assert.Equal(EnforcementAct.Report, options.Policy.DetectorReview);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a?app=other")]
    [InlineData("a b")]
    [InlineData("a\nb")]
    [InlineData("a%2f..")]
    public void A_captured_name_cannot_rewrite_the_address(string room)
    {
        var template = new UpstreamTemplate(RtmpTarget.Parse("rtmp://a.example/rooms/{room}"), null);
        Assert.False(template.TryResolve(new Dictionary<string, string> { ["room"] = room }, new StreamKey("k"), out _, out var capture));
        Assert.Equal("room", capture);
    }

    [Fact]
    public void What_a_publisher_sent_is_not_in_an_upstreams_name()
    {
        var template = new UpstreamTemplate(RtmpTarget.Parse("rtmp://a.example/{stream}"), null);
        Assert.True(template.TryResolve(new Dictionary<string, string> { ["stream"] = "secret" }, new StreamKey("secret"), out var upstream, out _));
        Assert.Equal("rtmp://a.example/{stream}", upstream.Value.Target.ToString());
        Assert.Equal("secret", upstream.Value.Target.App);
    }

    [Fact]
    public void The_servers_reachable_from_an_app_end_with_the_route_that_takes_it_whole()
    {
        var routes = Read(s_routes).Routes;
        Assert.Equal(["studio", "route-2", "default"], routes.Reachable("studio").Select(r => r.Name));
        Assert.Equal(["route-2", "kept"], routes.Reachable("kept").Select(r => r.Name));
    }

    [Fact]
    public void Errors_come_at_once_each_with_its_path()
    {
        var exception = Assert.Throws<ConfigurationException>(() => Read(
            ("routes:0:app", "{x"), ("routes:0:upstreams:0", "http://a/b"),
            ("routes:1:stream", "{a}"), ("routes:1:app", "{a}"), ("routes:1:upstreams:0:url", "rtmp://h/{room}"), ("routes:1:upstreams:0:key", "{b}"),
            ("routes:2:policy:metadata", "shout"), ("routes:2:plicy:metadata", "stamp"),
            ("routes:3:name", "n"), ("routes:4:name", "n"), ("routes:5:stream", "{query}"), ("routes:6:upstreams:0", "rtmp://{x}/a")));
        Assert.Equal(
            [
                "routes.0.app: '{x': a capture is written {name}, in letters and digits",
                "routes.0.upstreams.0: an RTMP address starts with rtmp:// or rtmps://",
                "routes.1.app: {a} is captured twice, or is a name of the gate's own (app, stream, query)",
                "routes.1.upstreams.0.key: {b} is captured by no pattern of the route",
                "routes.1.upstreams.0.url: {room} is captured by no pattern of the route",
                "routes.2.plicy.metadata: is not a setting",
                "routes.2.policy.metadata: 'shout' is not one of observe, report, stamp, block",
                "routes.4.name: 'n' names a route already",
                "routes.5.app: {query} is captured twice, or is a name of the gate's own (app, stream, query)",
                "routes.6.upstreams.0: the host of an RTMP address is a name or an address; IPv6 stands in brackets",
            ],
            exception.Errors.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Options_that_say_the_same_are_equal()
    {
        Assert.Equal(Read(s_routes).Routes, Read(s_routes).Routes);
        Assert.NotEqual(Read(s_routes).Routes, Read([.. s_routes, ("routes:2:stamp:corner", "topLeft")]).Routes);
    }

    private static GateOptions Read(params (string, string)[] settings) =>
        GateOptionsReader.Read(GateConfiguration.Build(null, settings.ToDictionary(s => s.Item1, s => (string?)s.Item2)));
}
