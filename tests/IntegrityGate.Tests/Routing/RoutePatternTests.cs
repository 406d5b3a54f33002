using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Xunit;
using IntegrityGate.Routing;

namespace IntegrityGate.Tests.Routing;

public sealed class RoutePatternTests
{
    private static readonly string[] s_pieces = ["a", "b", "/", "*", "**", "{c0}", "{d0}"];

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

    [Property(MaxTest = 2000)]
    public void It_fits_and_captures_what_a_regular_expression_does(byte[] pattern, byte[] text)
    {
        var p = string.Concat(pattern.Take(7).Select((one, i) => s_pieces[one % s_pieces.Length].Replace("0", i.ToString(CultureInfo.InvariantCulture))));
        var t = string.Concat(text.Take(10).Select(one => "ab/"[one % 3]));
        var match = Expression(p).Match(t);
        var captures = new Dictionary<string, string>();
        Assert.Equal(match.Success, Parse(p).Matches(t, captures));
        Assert.Equal(match.Groups.Values.Skip(1).Where(g => g.Success).Select(g => (g.Name, g.Value)), captures.Select(c => (c.Key, c.Value)));
    }

    [Property(MaxTest = 500)]
    public void Without_captures_it_fits_what_a_guards_pattern_fits_and_a_regular_expression_does(NonNull<string> pattern, NonNull<string> text)
    {
        var p = pattern.Get.Replace("{", "*");
        foreach (var t in new[] { text.Get, p })
        {
            Assert.Equal(Expression(p).IsMatch(t), Parse(p).Matches(t, []));
            Assert.Equal(Expression(p).IsMatch(t), PathPattern.Matches(p, t));
        }
    }

    [Fact]
    public void A_hostile_name_costs_no_more_than_its_length()
    {
        var started = Stopwatch.GetTimestamp();
        Assert.False(Parse("{a}x{b}x{c}x{d}x{e}!").Matches(new string('x', 100_000), []));
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20), "backtracking would take years");
    }

    private static Regex Expression(string pattern) => new(
        @"\A" + Regex.Replace(pattern, @"\*\*|\*|\{(\w+)\}|[\s\S]", piece => piece.Value switch
        {
            "**" => @"[\s\S]*",
            "*" => "[^/]*",
            _ when piece.Groups[1].Success => $"(?<{piece.Groups[1].Value}>[^/]+)",
            var one => Regex.Escape(one),
        }) + @"\z",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static RoutePattern Parse(string text) => RoutePattern.TryParse(text, out var pattern, out var error) ? pattern : throw new FormatException(error);
}
