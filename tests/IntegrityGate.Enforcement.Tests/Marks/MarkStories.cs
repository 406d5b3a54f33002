using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Judging;
using IntegrityGate.Enforcement.Judging.Inputs;
using IntegrityGate.Enforcement.Tests.Judging;
using static IntegrityGate.Enforcement.Tests.Judging.Story;

namespace IntegrityGate.Enforcement.Tests.Marks;

/// <summary>Measures art. 6(3): what a stream's picture says of its making, over time. Frames are 1280x720.</summary>
public sealed class MarkStories
{
    private static readonly TextLine _kling = Line("KLING AI 2.1", 20, x: 1020, y: 680);

    [Fact]
    public void A_statement_read_twice_in_one_place_is_a_trace_and_meets_the_duty_when_it_suffices()
    {
        var story = new Story().Sees(Good("内容由AI生成"));
        Assert.Equal(Tier.None, story.Last.Verdict.Tier);
        Assert.Equal((TimeSpan.FromMilliseconds(500), true), (story.Last.Look.Next, story.Last.Look.ReadText));
        story.At(0.5).Sees(Good("内容由AI生成"));
        Assert.Equal((Tier.Suspected, VerdictBasis.VisibleMark), (story.Last.Verdict.Tier, story.Last.Verdict.Basis));
        Assert.Null(story.Last.Stamp);
    }

    [Fact]
    public void A_generators_name_that_stays_in_a_corner_is_a_trace_and_the_label_is_due_until_it_is_long_gone()
    {
        var story = new Story().Sees(_kling).Watches(3, lines: _kling);
        Assert.Equal(Tier.None, story.Last.Verdict.Tier);
        story.Watches(6, lines: _kling);
        Assert.Equal((Tier.Suspected, VerdictBasis.VisibleMark), (story.Last.Verdict.Tier, story.Last.Verdict.Basis));
        Assert.Equal("疑似AI生成", story.Last.Stamp!.Text);
        var fact = story.TheOpen.Facts[0];
        Assert.Equal(("text", "On the picture: mark of Kling \"KLING AI 2.1\"."), (fact.Kind, fact.Text));
        Assert.True(fact.Samples >= 3);
        story.Watches(60);
        Assert.Equal(Tier.Suspected, story.Last.Verdict.Tier);
        story.Watches(200);
        Assert.Equal(Tier.None, story.Last.Verdict.Tier);
        Assert.Null(story.Last.Stamp);
    }

    [Fact]
    public void A_name_that_moves_with_the_chat_is_no_trace()
    {
        var story = new Story().Sees();
        for (var i = 1; i < 60; i++)
            story.At(i * 0.5).Sees(Line("Kling", 18, x: 20, y: 690 - (i % 8 * 40)));
        Assert.All(story.Judgements, judgement => Assert.Equal(Tier.None, judgement.Verdict.Tier));
    }

    [Fact]
    public void A_name_that_comes_again_and_again_in_one_place_and_mostly_is_not_there_is_no_trace()
    {
        var story = new Story().Sees();
        for (var i = 1; i < 60; i++)
            story.At(i).Sees(i % 3 == 0 ? [_kling] : []);
        Assert.All(story.Judgements, judgement => Assert.Equal(Tier.None, judgement.Verdict.Tier));
    }

    [Theory]
    [InlineData("Sora")]
    [InlineData("Veo")]
    [InlineData("Gemini")]
    [InlineData("Runway")]
    [InlineData("豆包")]
    public void A_name_that_is_also_a_word_is_no_trace_by_itself_and_costs_no_closer_looks(string word)
    {
        var overlay = Line(word, 20, x: 1150, y: 680);
        var story = new Story().Sees(overlay).Watches(120, lines: overlay);
        Assert.All(story.Judgements, judgement => Assert.Equal(Tier.None, judgement.Verdict.Tier));
        Assert.InRange(story.Judgements.Count(judgement => judgement.Look.ReadText), 8, 16);
    }

    [Fact]
    public void A_name_that_is_also_a_word_counts_beside_another_mark_of_its_owner()
    {
        var (veo, made) = (Line("Veo", 20, x: 1150, y: 680), Line("Google Veo", 20, x: 20, y: 680));
        var story = new Story().Sees(veo);
        for (var i = 1; i <= 12; i++)
            story.At(i).Sees(veo, made);
        Assert.Equal(VerdictBasis.VisibleMark, story.Last.Verdict.Basis);
    }

    [Fact]
    public void The_name_that_its_generator_moves_about_counts_once_it_has_wandered()
    {
        TextLine[] places = [Line("Sora", 20, x: 20, y: 340), Line("Sora", 20, x: 1180, y: 560), Line("Sora", 20, x: 1180, y: 120)];
        var story = new Story().Sees(places[0]);
        for (var i = 1; i <= 12; i++)
            story.At(i).Sees(places[i / 4 % 3]);
        Assert.Equal(VerdictBasis.VisibleMark, story.Last.Verdict.Basis);
        // The same number of times in the column of a chat.
        var chat = new Story().Sees(places[0]);
        for (var i = 1; i <= 60; i++)
            chat.At(i).Sees(Line("Sora", 20, x: 20, y: 690 - (i % 8 * 40)));
        Assert.Equal(Tier.None, chat.Last.Verdict.Tier);
    }

    [Theory]
    [InlineData(640, 350, 20, 0.95)] // in the middle
    [InlineData(1020, 560, 20, 0.95)] // within the quarter that a label may stand in, not at the edge
    [InlineData(1020, 680, 70, 0.95)] // as high as a title
    [InlineData(1020, 680, 5, 0.95)] // too low to be read
    [InlineData(1020, 680, 20, 0.79)] // doubted
    public void A_name_elsewhere_of_another_size_or_doubted_is_no_trace(double x, double y, double height, double confidence)
    {
        var line = new TextLine("KLING AI", confidence, new PixelBox(x - 60, y - 10, 120, 20), height);
        var story = new Story().Sees(line).Watches(30, lines: line);
        Assert.All(story.Judgements, judgement => Assert.Equal(Tier.None, judgement.Verdict.Tier));
    }

    [Fact]
    public void A_caption_about_AI_that_stays_is_no_trace()
    {
        var caption = Line("How AI generated images change art", 30, x: 200, y: 650);
        var story = new Story().Sees(caption).Watches(60, lines: caption);
        Assert.All(story.Judgements, judgement => Assert.Equal(Tier.None, judgement.Verdict.Tier));
    }

    [Fact]
    public void Words_that_fly_over_the_picture_are_in_no_place()
    {
        var story = new Story().Sees();
        for (var i = 1; i < 40; i++)
            story.At(i * 0.5).Sees(Line("AI生成", 30, x: 1200 - (i * 150 % 1200), y: 40));
        Assert.All(story.Judgements, judgement => Assert.Equal(Tier.None, judgement.Verdict.Tier));
    }

    [Fact]
    public void A_mark_that_never_settles_does_not_hold_the_gate_to_closer_looks()
    {
        var story = new Story().Sees();
        for (var step = 0; story.Now < 300; step++)
        {
            // As the judge advises, and only every other reading shows it.
            story.At(story.Now + story.Last.Look.Next.TotalSeconds);
            if (story.Last.Look.ReadText)
                story.Sees(step % 2 == 0 ? [_kling] : []);
            else
                story.Look(null, null);
        }

        Assert.True(story.Judgements.Count < 300, $"{story.Judgements.Count} looks in 300 s");
    }

    [Fact]
    public void A_logo_that_stays_is_a_trace_and_one_that_flashes_is_not()
    {
        var logo = new LogoFound("sparkle", "Test", new PixelBox(1180, 640, 60, 60), 0.9);
        var story = new Story();
        Look(story, 0, logo);
        Look(story, 2, logo);
        Assert.Equal(Tier.None, story.Last.Verdict.Tier);
        Look(story, 4, logo);
        Assert.Equal(VerdictBasis.VisibleMark, story.Last.Verdict.Basis);
        Assert.Equal("On the picture: logo of Test (sparkle).", story.Last.Verdict.Summary);

        var flashing = new Story();
        for (var i = 0; i < 60; i += 2)
            Look(flashing, i, i % 6 == 0 ? [logo] : []);
        Assert.Equal(Tier.None, flashing.Last.Verdict.Tier);
    }

    [Fact]
    public void A_reviewer_who_dismisses_the_suspicion_silences_marks_too()
    {
        var story = new Story().Sees(_kling).Watches(10, lines: _kling).Reviews(Core.Incidents.ReviewDecision.Dismissed).Watches(60, lines: _kling);
        Assert.Equal(Tier.None, story.Last.Verdict.Tier);
    }

    private static void Look(Story story, double at, params LogoFound[] logos) => story.At(at).Tell((media, wall) =>
        new SampleLooked(media, wall, null, at == 0 ? new TextReading(media, Story.Model, 1280, 720, []) : null, "e" + media.Milliseconds) { Logos = new LogoReading(media, logos) });
}
