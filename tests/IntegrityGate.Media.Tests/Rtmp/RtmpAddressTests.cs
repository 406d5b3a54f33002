using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>The spellings of one and the same address.</summary>
public sealed class RtmpAddressTests
{
    [Theory]

    // app, tcUrl, stream -> virtual host, app, stream, parameters
    [InlineData("live", "rtmp://h/live", "key", "h", "live", "key", "")]
    [InlineData("live", "rtmp://H:1935/live", "key?token=a", "h", "live", "key", "token=a")]
    [InlineData("live?token=a", "rtmp://h/live?token=a", "key", "h", "live", "key", "token=a")]
    [InlineData("live?token=a", "rtmp://h/live?token=a", "key?sign=b", "h", "live", "key", "sign=b&token=a")]
    [InlineData("live?k=v/key", "rtmp://h/live?k=v/key", "", "h", "live", "key", "k=v&k=v/key")]
    [InlineData("live/", "rtmp://h/live/", "key", "h", "live", "key", "")]
    [InlineData("/live", "rtmp://h/live", "/key", "h", "live", "key", "")]
    [InlineData("live/_definst_", "rtmp://h/live/_definst_", "key", "h", "live", "key", "")]
    [InlineData("live", "rtmp://h/live", "_definst_/key", "h", "live", "key", "")]
    [InlineData("live/room1", "rtmp://h/live/room1", "key", "h", "live/room1", "key", "")]
    [InlineData("live?vhost=v.example", "rtmp://h/live?vhost=v.example", "key", "v.example", "live", "key", "vhost=v.example")]
    [InlineData("live", "rtmp://h/live", "key?domain=v.example", "v.example", "live", "key", "domain=v.example")]
    [InlineData("live...vhost...v.example", "rtmp://h/live...vhost...v.example", "key", "v.example", "live", "key", "")]
    [InlineData("live", "rtmp://h/live", "key...vhost...V.example...token...x", "v.example", "live", "key", "")]
    [InlineData("", "rtmp://h/live", "key", "h", "live", "key", "")]
    [InlineData("", "rtmp://h/", "live/key", "h", "live", "key", "")]
    [InlineData("", "", "live/key", "", "live", "key", "")]
    [InlineData("live", "rtmp://[2001:db8::1]:1935/live", "key", "2001:db8::1", "live", "key", "")]
    [InlineData("live", "rtmp://[2001:db8::1]/live", "key", "2001:db8::1", "live", "key", "")]
    [InlineData("live", "rtmp://user:pw@h/live", "key", "h", "live", "key", "")]
    [InlineData("live", "rtmp://h/live", "mp4:key", "h", "live", "key", "")]
    [InlineData("live", "rtmp://h/live", "flv:key.flv", "h", "live", "key", "")]
    [InlineData("live", "rtmp://h/live", "key?a=1%262&b", "h", "live", "key", "a=1&2&b=")]
    [InlineData("live", "rtmp://h/live?token=cut", "key", "h", "live", "key", "token=cut")] // a client that cut the app's query
    [InlineData("live", "no url", "key", "", "live", "key", "")]
    public void One_form(string app, string tcUrl, string stream, string vhost, string expectedApp, string expectedStream, string query)
    {
        var address = RtmpAddress.Parse(app, tcUrl, stream);
        Assert.Equal(vhost, address.VirtualHost);
        Assert.Equal(expectedApp, address.App);
        Assert.Equal(expectedStream, address.Stream);
        Assert.Equal(query, string.Join('&', address.Query.Select(pair => $"{pair.Key}={pair.Value}")));
    }

    [Fact]
    public void Its_text_shows_no_credential()
    {
        var text = RtmpAddress.Parse("live?token=secret", "rtmp://h/live?token=secret", "secret?sign=secret").ToString();
        Assert.Equal("h/live", text);
    }

    [Theory]
    [InlineData("rtmp://h:1936/live?x=1", "", "rtmp://h:1936/live?x=1")]
    [InlineData("rtmp://h/live", "rtmp://other/app?y=%202", "rtmp://other/app?y=%202")]
    [InlineData("rtmp://h/live", "rtmps://other", "rtmps://other/live")]
    [InlineData("rtmps://h:1936/live", "//other:444/app", "rtmps://other:444/app")]
    [InlineData("rtmp://[::1]:1936/live", "/app", "rtmp://[::1]:1936/app")]
    [InlineData("rtmp://h/live?x=1", "/", "rtmp://h/live?x=1")]
    [InlineData("rtmps://h/live", "rtmp://h/live", null)] // a stream key would go in the clear
    [InlineData("rtmp://h/live", "http://other/app", null)]
    [InlineData("rtmp://h/live", "app", null)]
    [InlineData("rtmp://h/live", "rtmp://other:0/app", null)]
    [InlineData("rtmp://h/live", "rtmp://user@other/app", null)]
    public void Where_a_server_asks_to_go_is_followed_when_it_leads_to_one(string from, string reference, string? to) =>
        Assert.Equal(to, RtmpTarget.Parse(from).Follow(reference)?.TcUrl);

    [Theory]
    [InlineData("rtmp://h/live", "h", 1935, false, "live", "rtmp://h/live")]
    [InlineData("rtmp://h:1936/live", "h", 1936, false, "live", "rtmp://h:1936/live")]
    [InlineData("rtmps://h/live/more?x=1", "h", 443, true, "live/more?x=1", "rtmps://h/live/more?x=1")]
    [InlineData("rtmp://[::1]/live", "::1", 1935, false, "live", "rtmp://[::1]/live")]
    [InlineData("rtmp://[::1]:19350/live/", "::1", 19350, false, "live", "rtmp://[::1]:19350/live")]
    public void A_target_is_read(string url, string host, int port, bool isTls, string app, string tcUrl)
    {
        var target = RtmpTarget.Parse(url);
        Assert.Equal(new RtmpTarget(host, port, isTls, app), target);
        Assert.Equal(tcUrl, target.TcUrl);
    }

    [Theory]
    [InlineData("http://h/live")]
    [InlineData("rtmp://h")]
    [InlineData("rtmp://h/")]
    [InlineData("rtmp://h:0/live")]
    [InlineData("rtmp://h:99999/live")]
    [InlineData("rtmp:///live")]
    [InlineData("rtmp://user:secret@h/live")]
    public void What_is_no_target_is_told_without_its_secrets(string url)
    {
        var error = Assert.Throws<FormatException>(() => RtmpTarget.Parse(url)).Message;
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_targets_text_shows_no_query() =>
        Assert.Equal("rtmp://h/live", RtmpTarget.Parse("rtmp://h/live?token=secret").ToString());
}
