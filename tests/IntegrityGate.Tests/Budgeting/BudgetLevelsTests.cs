using IntegrityGate.Budgeting;
using IntegrityGate.Configuration;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Hosting;
using IntegrityGate.Tests.Evaluating;

namespace IntegrityGate.Tests.Budgeting;

/// <summary>How a budget of false alarms becomes levels, and when it is refused.</summary>
public sealed class BudgetLevelsTests : IDisposable
{
    private static readonly BudgetFigures _card = new("m", "1", new DetectorLevels(0.76, 2.66), [(0.76, 0.088), (2.66, 0)], null, 2.66);

    private static string Models => Path.Combine(GeneratedSet.Root, "models");

    private readonly string _folder = Directory.CreateTempSubdirectory("integritygate-budget-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0.1, 0.76)]
    [InlineData(0.088, 0.76)]
    [InlineData(0.05, 2.66)]
    [InlineData(0, 2.66)]
    public void The_lowest_level_that_is_known_to_keep_the_share_of_flagged_streams_is_taken(double flagged, double review)
    {
        var (levels, notes) = BudgetLevels.Choose(new FalseAlarmOptions(flagged, null, ""), _card);
        Assert.Equal(new DetectorLevels(review, 2.66), levels.Levels);
        Assert.Equal(("m", "1"), (levels.Model, levels.Version));
        Assert.Single(notes);
    }

    [Fact]
    public void A_share_that_no_figure_keeps_is_refused_with_what_is_known()
    {
        var refused = Assert.Throws<FormatException>(() => BudgetLevels.Choose(new FalseAlarmOptions(0.01, null, ""), _card with { Known = [(0.8, 0.05)] }));
        Assert.Contains("5.0% at 0.80", refused.Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => BudgetLevels.Choose(new FalseAlarmOptions(0.5, null, ""), _card with { Known = [] }));
    }

    [Theory]
    [InlineData(0, 0.1, false)] // none are accepted: the detector alone never stamps
    [InlineData(10, null, false)] // no clip was counted
    [InlineData(10, 10.1, false)]
    [InlineData(10, 10.0, true)]
    public void The_detector_alone_stamps_only_within_a_number_of_false_labels_that_was_shown(double labels, double? shown, bool stamps)
    {
        var (levels, notes) = BudgetLevels.Choose(new FalseAlarmOptions(null, labels, ""), _card with { LabelsPerThousandHours = shown, Counted = 2.7 });
        Assert.Equal(stamps ? 2.7 : double.PositiveInfinity, levels.Levels.Stamp);
        Assert.Equal(0.76, levels.Levels.Review);
        Assert.Equal(stamps || labels == 0 ? 1 : 2, notes.Count);
    }

    [Fact]
    public void The_shipped_card_is_read()
    {
        var card = BudgetFigures.OfCard(Path.Combine(Models, "frame-v1", "model.json"));
        Assert.Equal("frame-v1", card.Model);
        Assert.Equal([card.Own.Review, card.Own.Stamp], card.Known.Select(known => known.Level));
        Assert.All(card.Known, known => Assert.InRange(known.Share, 0, 0.2));
    }

    [Fact]
    public void A_report_of_an_eval_run_gives_its_advice_and_its_bound()
    {
        var report = Write("""
            {
              "model": { "name": "m", "version": "1" }, "levels": { "review": 0.76, "stamp": 2.5 },
              "advice": { "flagged": 0.02, "review": 1.1, "stamp": 2.4 },
              "streams": [
                { "exposure": "unseen", "realHours": 400, "falseLabelsPerHourBound": 0.0075 },
                { "exposure": "unseen", "realHours": 400, "falseLabelsPerHourBound": 0.0119 },
                { "exposure": "sameSource", "realHours": 9, "falseLabelsPerHourBound": 0.33 },
                { "exposure": "unseen", "realHours": 0, "falseLabelsPerHourBound": null }
              ]
            }
            """);
        var figures = BudgetFigures.OfReport(report, _card);
        Assert.Equal([(1.1, 0.02)], figures.Known);
        Assert.Equal(11.9, figures.LabelsPerThousandHours!.Value, 9);
        Assert.Equal(new DetectorLevels(1.1, 2.5), BudgetLevels.Choose(new FalseAlarmOptions(0.02, 12, report), figures).Levels.Levels);
    }

    [Theory]
    [InlineData("{", "no JSON")]
    [InlineData("[]", "no report")]
    [InlineData("""{ "model": { "name": "m", "version": "2" } }""", "m 1 runs")]
    [InlineData("""{ "model": { "name": "m", "version": "1" }, "levels": { "stamp": 1 } }""", "no report")]
    public void A_report_of_another_model_or_none_is_refused(string text, string why) =>
        Assert.Contains(why, Assert.Throws<FormatException>(() => BudgetFigures.OfReport(Write(text), _card)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_settings_carry_the_budget_to_new_judges()
    {
        var judges = new JudgeFactory(Options(("inspection:models", Models), ("falseAlarms:flagged", "0.05"), ("falseAlarms:labels", "0")), TimeProvider.System);
        var levels = judges.Policy.Detector.Levels!;
        Assert.Equal(("frame-v1", double.PositiveInfinity), (levels.Model, levels.Levels.Stamp));
        Assert.NotEmpty(judges.Notes);
        Assert.Null(new JudgeFactory(Options(), TimeProvider.System).Policy.Detector.Levels);
    }

    [Fact]
    public void Faults_are_told_with_their_setting()
    {
        var missing = Assert.Throws<ConfigurationException>(() => new JudgeFactory(Options(("inspection:models", Models), ("falseAlarms:flagged", "0.05"), ("falseAlarms:figures", "/none.json")), TimeProvider.System));
        Assert.StartsWith("falseAlarms.figures: ", Assert.Single(missing.Errors), StringComparison.Ordinal);
        var lonely = Assert.Throws<ConfigurationException>(() => Options(("falseAlarms:figures", "x.json"), ("falseAlarms:labels", "")));
        Assert.StartsWith("falseAlarms.figures: ", Assert.Single(lonely.Errors), StringComparison.Ordinal);
        var marks = Assert.Throws<ConfigurationException>(() => new JudgeFactory(Options(("marks:folder", Path.Combine(_folder, "none"))), TimeProvider.System));
        Assert.StartsWith("marks.folder: ", Assert.Single(marks.Errors), StringComparison.Ordinal);
    }

    private static GateOptions Options(params (string Key, string Value)[] settings) =>
        GateOptionsReader.Read(GateConfiguration.Build(null, settings.ToDictionary(s => s.Key, s => (string?)s.Value)));

    private string Write(string text)
    {
        var path = Path.Combine(_folder, "evaluation.json");
        File.WriteAllText(path, text);
        return path;
    }
}
