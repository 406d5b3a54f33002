using IntegrityGate.Configuration;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Streams;
using IntegrityGate.Hosting;
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
        var address = RtmpAddress.Parse(app, "rtmp://gate/" + app, stream);
        var (route, captures) = Read(s_routes).Routes.Find(address);
        Assert.Equal(name, route.Name);
        Assert.Equal(upstreams, route.Upstreams.Select(u => u.TryResolve(captures, address, new StreamKey(stream), out var at, out _) ? $"{at.TcUrl} {at.Key.Secret}" : "refused"));
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
        Assert.False(template.TryResolve(new Dictionary<string, string> { ["room"] = room }, RtmpAddress.Parse("a", "", "k"), new StreamKey("k"), out _, out var capture));
        Assert.Equal("room", capture);
    }

    [Fact]
    public void What_a_publisher_sent_is_not_in_an_upstreams_name()
    {
        var template = new UpstreamTemplate(RtmpTarget.Parse("rtmp://a.example/{stream}"), null);
        Assert.True(template.TryResolve(new Dictionary<string, string> { ["stream"] = "secret" }, RtmpAddress.Parse("live?token=secret", "", "secret"), new StreamKey("secret"), out var upstream, out _));
        Assert.Equal("rtmp://a.example/{stream}", upstream.ToString());
        Assert.Equal("secret?token=secret", upstream.Target.App);
    }

    [Theory]

    // template, app and tcUrl of the publisher -> app and tcUrl that go on
    [InlineData("rtmp://a/live", "studio", "rtmp://g/studio", "live", "rtmp://a/live")]
    [InlineData("rtmp://a/live", "studio?t=%41&&x", "rtmp://g/studio?t=%41&&x", "live?t=%41&&x", "rtmp://a/live?t=%41&&x")]
    [InlineData("rtmp://a/live", "studio", "rtmp://g/studio?t=1", "live", "rtmp://a/live?t=1")] // a client that cut the app's query
    [InlineData("rtmp://a/live?own=1", "studio?t=1", "rtmp://g/studio?t=1", "live?own=1", "rtmp://a/live?own=1")]
    [InlineData("rtmp://a/{app}", "studio/_definst_?t=1", "rtmp://g/studio", "studio?t=1", "rtmp://a/studio?t=1")]
    [InlineData("rtmp://a", "studio/_definst_", "rtmp://g/studio", "studio/_definst_", "rtmp://a/studio/_definst_")]
    [InlineData("rtmp://a:1936/", "studio?t=%41", "rtmp://g/studio", "studio?t=%41", "rtmp://a:1936/studio?t=%41")]
    [InlineData("rtmp://a", "studio?k=v/name", "rtmp://g/studio?k=v/name", "studio?k=v/name", "rtmp://a/studio?k=v/name")]
    [InlineData("rtmp://a", "", "rtmp://g/studio", "studio", "rtmp://a/studio")]
    public void What_a_publisher_wrote_behind_its_app_goes_on_byte_for_byte(string url, string app, string tcUrl, string sentApp, string sentUrl)
    {
        foreach (var setting in (string[])["upstream:url", "routes:0:upstreams:0"])
        {
            var address = RtmpAddress.Parse(app, tcUrl, "key?sign=%2F");
            var (route, captures) = Read((setting, url)).Routes.Find(address);
            Assert.True(route.Upstreams[0].TryResolve(captures, address, new StreamKey("key?sign=%2F"), out var upstream, out _));
            Assert.Equal((sentApp, sentUrl, "key?sign=%2F"), (upstream.Target.App, upstream.TcUrl, upstream.Key.Secret));
        }
    }

    [Theory]
    [InlineData("rtmp://EU.example/live", "eu.*", true)]
    [InlineData("rtmp://us.example/live", "eu.*", false)]
    [InlineData("rtmp://10.0.0.1/live?vhost=eu.example", "eu.*", true)]
    [InlineData("", "eu.*", false)]
    [InlineData("", "", true)]
    public void A_route_can_be_for_a_host(string tcUrl, string host, bool fits)
    {
        var (route, _) = Read(("routes:0:host", host), ("routes:0:name", "eu")).Routes.Find(RtmpAddress.Parse("live", tcUrl, "k"));
        Assert.Equal(fits ? "eu" : "default", route.Name);
    }

    [Fact]
    public void A_route_says_only_what_differs_in_looking()
    {
        var options = Read(("inspection:enabled", "false"), ("inspection:maxUnseen", "20s"), ("routes:0:inspection:enabled", "true"), ("routes:0:inspection:interval", "5s"));
        var route = options.For(options.Routes.Routes[0]).Inspection;
        Assert.Equal(options.Inspection with { Enabled = true, Interval = TimeSpan.FromSeconds(5) }, route);
        Assert.False(options.Inspection.Enabled);
        Assert.True(options.Looks);
        Assert.False(Read(("inspection:enabled", "false")).Looks);
    }

    [Fact]
    public void What_is_the_whole_gates_cannot_differ_from_route_to_route()
    {
        var exception = Assert.Throws<ConfigurationException>(() => Read(
            ("routes:0:inspection:models", "elsewhere"), ("routes:0:inspection:decodeWorkers", "2"), ("routes:0:stamp:font", "/my.ttf"), ("routes:0:inspection:interval", "1ms")));
        Assert.Equal(
            [
                "routes.0.inspection.decodeWorkers: is not a setting",
                "routes.0.inspection.interval: 00:00:00.0010000 is not between 00:00:00.2000000 and 00:10:00",
                "routes.0.inspection.models: is not a setting",
                "routes.0.stamp.font: is the whole gate's: set stamp.font",
            ],
            exception.Errors.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Settings_of_routes_that_contradict_each_other_are_told_at_once_each_with_its_path()
    {
        var options = Read(("routes:0:inspection:interval", "20s"), ("routes:1:inspection:undecidedInterval", "10s"), ("routes:2:inspection:interval", "500ms"));
        var exception = Assert.Throws<ConfigurationException>(() => LiveOptions.Settings.Of(options, TimeProvider.System));
        Assert.Collection(
            exception.Errors,
            e => Assert.StartsWith("routes.0.inspection.textInterval:", e, StringComparison.Ordinal),
            e => Assert.StartsWith("routes.1.inspection.undecidedInterval:", e, StringComparison.Ordinal));
    }

    [Theory]

    // The servers' FourCCs: what primary, copy and the other route's primary said, ? for a server that was silent -> what is promised.
    [InlineData("avc1 hvc1", "avc1 hvc1", "avc1 hvc1 av01", "avc1 hvc1")]
    [InlineData("avc1 hvc1", "avc1", "avc1 hvc1", "avc1")]
    [InlineData("avc1 hvc1", "?", "avc1 hvc1", "avc1 hvc1")]
    [InlineData("?", "avc1 hvc1", "avc1 hvc1", "")]
    [InlineData("avc1 hvc1", "avc1 hvc1", "?", "")]
    [InlineData("avc1 hvc1", "", "avc1 hvc1", "")]
    public void What_is_promised_on_an_app_is_what_all_its_servers_are_known_to_take(string primary, string copy, string other, string promised)
    {
        var routes = Read(
            ("routes:0:app", "live"), ("routes:0:stream", "a*"), ("routes:0:upstreams:0", "rtmp://primary/x"), ("routes:0:upstreams:1", "rtmp://copy/x"),
            ("routes:1:app", "live"), ("routes:1:upstreams:0", "rtmp://other/x"), ("upstream:url", "rtmp://never/x")).Routes;
        var said = new Dictionary<string, string> { ["primary"] = primary, ["copy"] = copy, ["other"] = other };
        var promise = routes.Promise("live", server => said[server.Target.Host] is var text and not "?" ? Takes(text) : null);
        Assert.Equal(promised, string.Join(' ', promise.Video.Keys.Order(StringComparer.Ordinal)));

        static RtmpCapabilities Takes(string text) => new(
            text.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(code => code, _ => FourCcUse.CanForward),
            new Dictionary<string, FourCcUse>(),
            CapsEx.None);
    }

    [Fact]
    public void Everything_is_promised_where_streams_are_kept_in_the_gate() =>
        Assert.Equal(RtmpCapabilities.PassAll, Read(("routes:0:app", "kept")).Routes.Promise("kept", _ => throw new InvalidOperationException("there is no server")));

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
