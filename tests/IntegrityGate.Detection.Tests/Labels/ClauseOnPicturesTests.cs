using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Rules;
using IntegrityGate.Detection.Tests.Support;
using IntegrityGate.Enforcement.Labels;
using IntegrityGate.Enforcement.Rules;

namespace IntegrityGate.Detection.Tests.Labels;

/// <summary>Clauses held against rendered pictures the whole way: drawn, through x264 and back, read by the shipped reader, judged by the shipped packs.</summary>
public sealed class ClauseOnPicturesTests
{
    private static readonly DateOnly _day = new(2026, 10, 1);

    [Fact]
    [Trait("Rule", "cn-2025.label.height")]
    public async Task GB_45438_2025_5_4_height_is_5_percent_of_shortest_side_as_read_off_pictures()
    {
        (int Width, int Height)[] sizes = [(640, 360), (360, 640), (1280, 720), (720, 1280), (1920, 1080), (1080, 1920), (3840, 2160), (2160, 3840)];
        // Above the limit, and under it by more than what a blurred edge can hide.
        var found = await ReadAsync("cn-2025", [.. sizes.SelectMany(size => new[] { Case("AI生成", 0.054, size), Case("AI生成", 0.043, size) })]);
        Assert.All(found, pair => Assert.Equal(pair.Case.HeightFraction > 0.05 ? LabelState.Sufficient : LabelState.TooSmall, pair.Finding.State));
        Assert.All(found.Where(pair => pair.Finding.State == LabelState.TooSmall), pair => Assert.Equal("cn-2025.label.height", pair.Finding.Broken!.Id));
    }

    [Fact]
    [Trait("Rule", "cn-2025.label.wording")]
    public async Task GB_45438_2025_5_4_words_hold_both_elements_as_read_off_pictures()
    {
        (string Words, LabelState State)[] cases =
        [
            ("人工智能合成", LabelState.Sufficient), ("内容由AI生成", LabelState.Sufficient), ("AI GENERATED", LabelState.Wording), ("AI主播", LabelState.Wording), ("今日特价", LabelState.None),
        ];
        var found = await ReadAsync("cn-2025", [.. cases.Select(one => Case(one.Words, 0.07, (1280, 720)))]);
        Assert.Equal(cases, found.Select(pair => (pair.Case.Words, pair.Finding.State)));
    }

    [Fact]
    [Trait("Rule", "eu-aia-50.label.wording")]
    [Trait("Rule", "in-2026.label.wording")]
    [Trait("Rule", "kr.label.wording")]
    public async Task Code_of_Practice_1_1_a_and_its_sisters_know_their_labels_off_pictures_of_any_legible_size()
    {
        LabelCase[] cases = [Case("AI GENERATED", 0.04, (1280, 720)), Case("AI MODIFIED", 0.06, (720, 1280)), Case("SPECIAL OFFER", 0.06, (1280, 720))];
        foreach (var pack in new[] { "eu-aia-50", "in-2026", "kr" })
        {
            var found = await ReadAsync(pack, cases[..1].Concat(pack == "eu-aia-50" ? cases[1..] : cases[2..]).ToArray());
            Assert.All(found, pair => Assert.Equal(pair.Case.Words.StartsWith("AI", StringComparison.Ordinal) ? LabelState.Sufficient : LabelState.None, pair.Finding.State));
        }
    }

    private static LabelCase Case(string words, double height, (int Width, int Height) size) => new()
    {
        Words = words,
        Font = LabelScene.SansBold,
        HeightFraction = height,
        Opacity = 1,
        Style = LabelStyle.Plate,
        Layout = LabelLayout.Row,
        Place = LabelPlace.TopRight,
        OutlineFraction = 0.05,
        Width = size.Width,
        Height = size.Height,
        Crf = 20,
        Picture = (size.Width * 7) + words.Length,
    };

    private static async Task<List<(LabelCase Case, LabelFinding Finding)>> ReadAsync(string pack, LabelCase[] cases)
    {
        Repository.RequireReader();
        LabelScene.RequireFonts();
        var rules = new LabelReader(Obligations.From(RulePackLibrary.Shipped.Select([pack]), _day), new LabelReadingOptions());
        using var reader = LabelTrial.LoadReader();
        var found = new List<(LabelCase, LabelFinding)>();
        foreach (var label in cases)
        {
            using var bitmap = LabelScene.Background(label.Picture, label.Width, label.Height);
            var drawn = LabelScene.Draw(bitmap, label);
            var frames = H264.RoundTrip([drawn.Pixels], label.Width, label.Height, label.Crf);
            using var frame = frames[0];
            found.Add((label, rules.Read((TextReading)await reader.InspectAsync(frame, TestContext.Current.CancellationToken))));
        }

        return found;
    }
}
