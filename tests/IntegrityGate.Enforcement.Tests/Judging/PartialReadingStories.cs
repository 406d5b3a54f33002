using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Tests.Judging;

/// <summary>What the judge concludes from readings that covered only a part of the frame, and what it asks the reader to cover.</summary>
public sealed class PartialReadingStories
{
    private static readonly ModelReference _ocr = new("ppocr", "4", new string('b', 64));
    private static readonly PixelBox _top = new(0, 0, 1280, 180);

    [Fact]
    public void A_label_is_not_missing_because_it_is_not_in_a_part()
    {
        var story = new Story().Claims(AigcAttribute.Generated);
        for (var i = 0; i < 20; i++)
            story.At(i * 0.5).Look(Part(i * 0.5), null);
        Assert.Empty(story.Open);
        Assert.Null(story.Last.Stamp);
        Assert.Equal(TextScope.Whole, story.Last.Look.Text.Scope);
        story.At(10).Sees().At(10.5).Sees();
        Assert.Single(story.Open);
    }

    [Fact]
    public void A_fault_seen_in_a_part_is_not_held_against_the_rest()
    {
        var story = new Story().Claims(AigcAttribute.Generated);
        for (var i = 0; i < 8; i++)
            story.At(i * 0.5).Look(Part(i * 0.5, Story.Line("AI生成", 12)), null);
        Assert.Empty(story.Open);
    }

    [Fact]
    public void A_label_that_suffices_does_wherever_it_was_read()
    {
        var story = new Story().Claims(AigcAttribute.Generated);
        for (var i = 0; i < 8; i++)
            story.At(i * 0.5).Look(Part(i * 0.5, Story.Good()), null);
        Assert.Empty(story.Open);
        Assert.Equal(TextDemand.At(Story.Good().Box), story.Last.Look.Text);
    }

    [Fact]
    public void A_known_label_that_is_not_in_its_place_is_looked_for_everywhere_at_once()
    {
        var story = new Story().Claims(AigcAttribute.Generated).Watches(6, null, Story.Good());
        Assert.Equal(TextDemand.At(Story.Good().Box), story.Last.Look.Text);
        story.At(7).Look(Part(7), null);
        Assert.Equal((TextScope.Whole, true, TimeSpan.FromMilliseconds(500)), (story.Last.Look.Text.Scope, story.Last.Look.ReadText, story.Last.Look.Next));
        Assert.Empty(story.Open);
        story.At(7.5).Sees(Story.Line("AI生成", 40, x: 900, y: 600));
        Assert.Equal(TextScope.Place, story.Last.Look.Text.Scope);
        Assert.Empty(story.Open);
    }

    [Fact]
    public void A_quiet_stream_is_read_whole_first_and_then_along_its_edges()
    {
        var story = new Story().At(0).Sees();
        Assert.Equal(TextScope.Whole, story.Last.Look.Text.Scope);
        story.At(2).Sees();
        Assert.Equal(TextScope.Edges, story.Last.Look.Text.Scope);
    }

    [Fact]
    public void While_a_label_is_missing_the_edges_show_that_it_has_come()
    {
        var story = new Story().Claims(AigcAttribute.Generated).At(0).Sees().At(0.5).Sees();
        Assert.Single(story.Open);
        Assert.Equal(TextScope.Edges, story.Last.Look.Text.Scope);
        story.At(4.5).Look(Part(4.5, Story.Good()), null);
        Assert.Equal(TextScope.Whole, story.Last.Look.Text.Scope);
        story.Watches(9, null, Story.Good());
        Assert.Empty(story.Open);
    }

    private static TextReading Part(double at, params TextLine[] lines) =>
        new(new MediaTime((long)(at * 1000)), _ocr, 1280, 720, lines) { Parts = [_top] };
}
