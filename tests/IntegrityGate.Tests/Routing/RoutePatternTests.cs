using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using IntegrityGate.Access;
using IntegrityGate.Routing;

namespace IntegrityGate.Tests.Routing;

public sealed class RoutePatternTests
{
    [Theory]
    [InlineData("live", "live", "")]
    [InlineData("live", "Live", null)]
    [InlineData("{tenant}", "acme", "tenant=acme")]
    [InlineData("{tenant}", "", null)]
    [InlineData("{tenant}", "a/b", null)]
    [InlineData("app-{tenant}/{room}", "app-acme/12", "tenant=acme,room=12")]
    [InlineData("{a}-{b}", "x-y-z", "a=x-y,b=z")]
    [InlineData("**", "any/thing", "")]
    [InlineData("x**", "x/y/z", "")]
    [InlineData("x*", "x/y", null)]
    [InlineData("cam.1", "camx1", null)]
    public void Captures_what_it_says(string pattern, string text, string? expected)
    {
        var captures = new Dictionary<string, string>();
        var fits = Parse(pattern).Matches(text, captures);
        Assert.Equal(expected, fits ? string.Join(',', captures.Select(c => $"{c.Key}={c.Value}")) : null);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{1x}")]
    [InlineData("{a")]
    [InlineData("{a}{a}")]
    [InlineData("{a(?:b)}")]
    public void A_malformed_capture_is_an_error(string pattern)
    {
        Assert.False(RoutePattern.TryParse(pattern, out _, out var error));
        Assert.Contains(pattern, error, StringComparison.Ordinal);
    }

    [Property(MaxTest = 500)]
    public void Without_captures_it_fits_what_the_guards_pattern_fits(NonNull<string> pattern, NonNull<string> text)
    {
        var (p, t) = (pattern.Get.Replace("{", "*").Replace("\0", ""), text.Get.Replace("\0", ""));
        Assert.Equal(PathPattern.Matches(p, t), Parse(p).Matches(t, []));
        Assert.Equal(PathPattern.Matches(p, p), Parse(p).Matches(p, []));
    }

    [Fact]
    public void A_hostile_name_costs_no_more_than_its_length()
    {
        var started = Stopwatch.GetTimestamp();
        Assert.False(Parse("{a}x{b}x{c}x{d}x{e}!").Matches(new string('x', 100_000), []));
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20), "backtracking would take years");
    }

    private static RoutePattern Parse(string text) => RoutePattern.TryParse(text, out var pattern, out var error) ? pattern : throw new FormatException(error);
}
