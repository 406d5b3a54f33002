using System.Text.Json;
using IntegrityGate.Commands;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Detection.Models;
using IntegrityGate.Evaluating;
using IntegrityGate.Evaluating.Figures;
using IntegrityGate.Evaluating.Items;
using IntegrityGate.Evaluating.Reports;
using IntegrityGate.Evaluating.Trials;
using IntegrityGate.Media.Rates;
using Spectre.Console;

namespace IntegrityGate.Tests.Evaluating;

/// <summary>What is written of an evaluation, whatever the items are called.</summary>
public sealed class ReportTests
{
    private const string Nasty = "<script>alert(1)</script>[red]";

    private static readonly Evaluation s_evaluation = Make();

    [Fact]
    public void The_page_needs_nothing_but_itself_and_runs_nothing()
    {
        var page = HtmlReport.Of(s_evaluation);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("://", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        // By rate, ROC, calibration, by source.
        Assert.Equal(4, page.Split("<svg ").Length - 1);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tables_keep_their_columns_and_hold_no_formula()
    {
        var items = CsvReport.Items(s_evaluation).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(9, items.Length);
        Assert.Contains(items, line => line.StartsWith("\"'=1+1,\"\"x\"\"\",ai,", StringComparison.Ordinal));
        Assert.Contains("Unseen,360p@crf28,ai,camera", string.Concat(CsvReport.Figures(s_evaluation)).Replace(Nasty, "camera", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void The_document_holds_the_figures_and_the_notes()
    {
        using var json = JsonDocument.Parse(JsonReport.Of(s_evaluation));
        var group = json.RootElement.GetProperty("groups")[0];
        // Of 12 pairs 8 are in order.
        Assert.Equal(8.0 / 12, group.GetProperty("auc").GetProperty("value").GetDouble(), 1e-9);
        Assert.Equal(JsonValueKind.Null, group.GetProperty("tprAt01PercentFpr").GetProperty("value").ValueKind);
        Assert.Contains(json.RootElement.GetProperty("notes").EnumerateArray(), n => n.GetString()!.Contains("no figures to compare with", StringComparison.Ordinal));
        Assert.Contains(json.RootElement.GetProperty("notes").EnumerateArray(), n => n.GetString()!.Contains("broken.jpg: could not be read: because", StringComparison.Ordinal));
    }

    [Fact]
    public void The_terminal_shows_names_as_they_are()
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 300;
        ConsoleReport.Print(s_evaluation, console);
        Assert.Contains(Nasty, text.ToString(), StringComparison.Ordinal);
        Assert.Contains("0.67", text.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--set", "/nowhere/at-all")]
    [InlineData("--set", "/", "--rates", "720p")]
    [InlineData("--set", "/", "--rates", "720p@crf28,720p@crf28")]
    [InlineData("--set", "/", "--jobs", "0")]
    [InlineData("--set", "/", "--join", "-1")]
    [InlineData("--set", "/", "--config", "/nowhere/at-all.yaml")]
    public async Task What_cannot_be_run_ends_with_2(params string[] arguments) =>
        Assert.Equal(2, await EvalCommand.Create().Parse(arguments).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken));

    private static Evaluation Make()
    {
        var rate = new StreamRate(360, 28, null);
        ItemScore Of(string name, bool synthetic, string source, double score) =>
            new(new EvaluationItem("/" + name, name, synthetic, source, Exposure.Unseen, IsClip: false), rate, LookOutcome.Scored, score, 1, null);
        ItemScore[] scores =
        [
            Of("=1+1,\"x\"", true, Nasty, 1), Of("b", true, Nasty, -1), Of("c", true, "two", 2), Of("d", true, "two", 0.5),
            Of("e", false, "three", 0), Of("f", false, "three", -2), Of("g", false, "four", 1.5),
            ItemScore.Without(new EvaluationItem("/broken.jpg", "broken.jpg", false, "four", Exposure.Unseen, IsClip: false), rate, LookOutcome.Failed, "because"),
        ];
        var maker = new FigureMaker(new DetectorLevels(0.76, 2.66), new Calibration(1.7, 0), seed: 1);
        var measurements = new Measurements(scores, []);
        return new Evaluation
        {
            Model = new ModelReference("m", "1", new string('a', 64)),
            Variant = "fp32",
            Levels = new DetectorLevels(0.76, 2.66),
            Sets = [Nasty],
            Size = (8, 0),
            Rates = [rate],
            Join = TimeSpan.Zero,
            Seed = 1,
            Groups = [maker.Group(Exposure.Unseen, rate, scores)],
            Sources = [.. maker.Sources(Exposure.Unseen, rate, scores)],
            Streams = [],
            Card = null,
            Advice = LevelAdviser.Advise(new LevelBudget(0.05, 1), measurements, 1),
            Measurements = measurements,
        };
    }
}
