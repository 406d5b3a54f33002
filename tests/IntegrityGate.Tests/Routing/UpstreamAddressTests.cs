using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Routing;

namespace IntegrityGate.Tests.Routing;

public sealed class UpstreamAddressTests
{
    private static readonly UpstreamAddress s_address = new(
        RtmpTarget.Parse("rtmps://h/live?secret=1") with { Label = "rtmps://h/live" }, "rtmps://h/live?secret=1", new StreamKey("key"));

    [Theory]
    [InlineData("rtmps://other:444/live?secret=2", "rtmps://other:444/live?secret=2")]
    [InlineData("", "rtmps://h/live?secret=1")]
    [InlineData("rtmp://other/live", "rtmps://h/live?secret=1")]
    public void It_moves_where_it_may_be_followed_and_shows_no_credential(string asked, string tcUrl)
    {
        var moved = s_address.Moved(new ReconnectAdvice(asked));
        Assert.Equal((tcUrl, s_address.Key), (moved.TcUrl, moved.Key));
        Assert.StartsWith("rtmps://h/live", moved.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", moved.ToString() + new ReconnectAdvice(asked), StringComparison.Ordinal);
    }
}
