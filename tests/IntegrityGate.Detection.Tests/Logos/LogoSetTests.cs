using System.Globalization;
using IntegrityGate.Detection.Logos;
using IntegrityGate.Detection.Tests.Support;

namespace IntegrityGate.Detection.Tests.Logos;

/// <summary>
/// How far logos can be found over real pictures after H.264, and what is taken for one where there is none. A normal run takes a
/// sample, a full run (INTEGRITYGATE_TEST_FULL=1) all; the tables are what docs/5-detectors-and-models.md quotes.
/// </summary>
public sealed class LogoSetTests(ITestOutputHelper output)
{
    private const double MinScore = 0.62;

    private static readonly double[] _opacities = [0.4, 0.5, 0.6, 0.8, 1];

    private static bool Full => Environment.GetEnvironmentVariable("INTEGRITYGATE_TEST_FULL") == "1";

    [Fact]
    public void Logos_in_a_corner_are_found_where_they_are()
    {
        using var folder = new TemporaryFolder();
        TestLogos.Write(folder.Path, MinScore);
        using var finder = LogoFinder.Load(folder.Path, 1);
        var results = LogoTrial.Measure(finder, LogoTrial.Cases(Full ? 600 : 60, _opacities));
        Print("opacity", results.GroupBy(r => r.Case.Opacity));
        Print("lines", results.GroupBy(r => (double)Math.Min(r.Case.Width, r.Case.FrameHeight)));
        foreach (var logo in results.GroupBy(r => r.Case.Logo))
            output.WriteLine($"{logo.Key}: {Share(logo)}");
        // Not all: a light logo on a light ground is seen by nobody.
        Assert.True(results.Count(r => r.InPlace) >= 0.8 * results.Count, "Not found: " + string.Join("; ", results.Where(r => !r.InPlace).Select(r => r.Case)));
        Assert.All(results.Where(r => r.Score > 0), r => Assert.True(r.InPlace, $"{r.Case} was found elsewhere"));
    }

    [Fact]
    public void Real_pictures_have_no_logo()
    {
        using var folder = new TemporaryFolder();
        TestLogos.Write(folder.Path, 0.4);
        using var finder = LogoFinder.Load(folder.Path, 1);
        var pictures = LogoTrial.Pictures().Where((_, i) => Full || i % 12 == 0).ToList();
        var best = LogoTrial.FalseAlarms(finder, pictures.Where((_, i) => i % 2 == 0), 640, 360, 26).Concat(LogoTrial.FalseAlarms(finder, pictures.Where((_, i) => i % 2 == 1), 360, 640, 30)).OrderByDescending(f => f.Found.Score).ToList();
        output.WriteLine($"{pictures.Count} pictures, every other one tall, {TestLogos.Names.Length} logos; the best of what is no logo:");
        foreach (var (picture, found) in best.Take(10))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{found.Score:0.000} {found.Name} {picture} {found.Box}"));
        Assert.DoesNotContain(best, f => f.Found.Score >= MinScore);
    }

    private void Print(string by, IEnumerable<IGrouping<double, (LogoCase Case, double Score, bool InPlace)>> groups)
    {
        foreach (var group in groups.OrderBy(g => g.Key))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{by} {group.Key}: {Share(group)}"));
    }

    private static string Share(IEnumerable<(LogoCase Case, double Score, bool InPlace)> results)
    {
        var all = results.ToList();
        return $"{all.Count(r => r.InPlace)} of {all.Count}";
    }
}
