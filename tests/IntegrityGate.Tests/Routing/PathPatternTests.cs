using IntegrityGate.Routing;

namespace IntegrityGate.Tests.Routing;

public sealed class PathPatternTests
{
    [Theory]
    [InlineData("live/a", "live/a", true)]
    [InlineData("live/a", "live/ab", false)]
    [InlineData("live/a", "xlive/a", false)]
    [InlineData("live/*", "live/a", true)]
    [InlineData("live/*", "live/a/b", false)]
    [InlineData("live/**", "live/a/b", true)]
    [InlineData("*", "live/a", false)]
    [InlineData("**", "live/a", true)]
    [InlineData("live/cam-*-hd", "live/cam-7-hd", true)]
    [InlineData("live/cam-*-hd", "live/cam-7-sd", false)]
    [InlineData("*/a", "live/a", true)]
    [InlineData("live/*", "live/", true)]
    [InlineData("Live/a", "live/a", false)]
    [InlineData("live.a", "live/a", false)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    public void Stars_stay_within_a_segment_unless_doubled(string pattern, string text, bool fits) => Assert.Equal(fits, PathPattern.Matches(pattern, text));
}
