using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Rules;

namespace IntegrityGate.Enforcement.Labels;

/// <summary>Holds the text of one frame against the rules of wording, height and position (GB 45438-2025 5.4). Pure.</summary>
/// <param name="obligations">The rules.</param>
/// <param name="options">Tolerances.</param>
internal sealed class LabelReader(Obligations obligations, LabelReadingOptions options)
{
    private sealed record Candidate(string Text, string Folded, PixelBox Box, double GlyphHeight);

    /// <summary>Reads one frame's text.</summary>
    public LabelFinding Read(TextReading reading)
    {
        var least = (obligations.Height?.MinHeightFraction ?? 0) * Math.Min(reading.FrameWidth, reading.FrameHeight);
        var lines = reading.Lines
            .Where(line => line.Confidence >= options.MinConfidence)
            .Take(options.MaxLines)
            .Select(line => new Candidate(line.Text, LabelText.Fold(line.Text), line.Box, line.GlyphHeight))
            .ToArray();
        var none = new LabelFinding(reading.At, LabelState.None, "", null, 0, least) { IsWhole = reading.IsWhole };
        // What every wording asks for may stand in one line or in several; the worst-met wording says how the label stands.
        LabelFinding? worst = null;
        var best = none;
        foreach (var wording in obligations.Wordings)
        {
            var found = Read(lines, wording, none, reading);
            if (worst is null || found.State < worst.State)
                worst = found.State == LabelState.None ? found with { Broken = wording } : found;
            if (found.State > best.State)
                best = found;
        }

        if (worst is null)
            return none;
        // A label that one wording does not know at all is a label in the wrong words.
        if (worst.State == LabelState.None && best.State != LabelState.None)
            worst = best with { State = LabelState.Wording, Broken = worst.Broken };
        return worst.State == LabelState.None ? none : worst;
    }

    private LabelFinding Read(Candidate[] lines, LabelWordingRule wording, LabelFinding none, TextReading reading)
    {
        var best = none;
        foreach (var candidate in lines.Concat(Pairs(lines, wording)))
        {
            var (state, broken) = StateOf(candidate, wording, none.LeastGlyphHeight, reading);
            if (state > best.State || (state == best.State && state != LabelState.None && candidate.GlyphHeight > best.GlyphHeight))
                best = best with { State = state, Text = candidate.Text, Box = candidate.Box, GlyphHeight = candidate.GlyphHeight, Broken = broken };
        }

        return best;
    }

    private (LabelState State, Rule? Broken) StateOf(Candidate candidate, LabelWordingRule wording, double least, TextReading reading)
    {
        if (candidate.Folded.Length > options.MaxLabelCharacters || obligations.Wordings.Any(one => LabelText.IsNegated(candidate.Folded, one)))
            return (LabelState.None, null);
        if (!LabelText.HasAllElements(candidate.Folded, wording))
            return wording.Disclosures.Any(phrase => LabelText.Matches(candidate.Folded, phrase.Text, phrase.Scope)) ? (LabelState.Wording, wording) : (LabelState.None, null);
        if (candidate.GlyphHeight < least * options.HeightTolerance)
            return (LabelState.TooSmall, obligations.Height);
        return obligations.Positions.FirstOrDefault(position => !Stands(candidate.Box, position, reading)) is { } missed ? (LabelState.Position, missed) : (LabelState.Sufficient, null);
    }

    private bool IsAtEdge(PixelBox box, TextReading reading) =>
        InBand(box.CentreX, reading.FrameWidth) || InBand(box.CentreY, reading.FrameHeight);

    private bool Stands(PixelBox box, LabelPositionRule position, TextReading reading) => position.Corners.Count == 0
        ? IsAtEdge(box, reading)
        : position.Corners.Any(corner => IsIn(box, corner, reading));

    private bool IsIn(PixelBox box, LabelCorner corner, TextReading reading)
    {
        var left = corner is LabelCorner.TopLeft or LabelCorner.BottomLeft;
        var top = corner is LabelCorner.TopLeft or LabelCorner.TopRight;
        return InBand(box.CentreX, reading.FrameWidth) && InBand(box.CentreY, reading.FrameHeight)
            && left == box.CentreX < reading.FrameWidth / 2.0 && top == box.CentreY < reading.FrameHeight / 2.0;
    }

    private bool InBand(double centre, int length) => centre <= length * options.EdgeBand || centre >= length * (1 - options.EdgeBand);

    // A label may be set on two lines, or be read in two pieces; each piece then holds an element that the other lacks.
    private static IEnumerable<Candidate> Pairs(Candidate[] lines, LabelWordingRule wording)
    {
        var partial = lines
            .Where(line => !LabelText.HasAllElements(line.Folded, wording) && wording.Groups.Any(group => LabelText.HasElement(line.Folded, group)))
            .Take(16)
            .ToArray();
        for (var i = 0; i < partial.Length; i++)
        {
            for (var j = i + 1; j < partial.Length; j++)
            {
                if (AreNeighbours(partial[i].Box, partial[j].Box) && Merge(partial[i], partial[j]) is var merged && LabelText.HasAllElements(merged.Folded, wording))
                    yield return merged;
            }
        }
    }

    private static Candidate Merge(Candidate one, Candidate other)
    {
        var (first, second) = ReadsBefore(one.Box, other.Box) ? (one, other) : (other, one);
        var text = first.Text + " " + second.Text;
        // Every element must be tall enough, so the lower line counts.
        return new Candidate(text, LabelText.Fold(text), first.Box.Union(second.Box), Math.Min(first.GlyphHeight, second.GlyphHeight));
    }

    private static bool ReadsBefore(PixelBox one, PixelBox other) =>
        OnOneLine(one, other) ? one.X <= other.X : one.Y <= other.Y;

    private static bool OnOneLine(PixelBox one, PixelBox other) =>
        Math.Min(one.Bottom, other.Bottom) - Math.Max(one.Y, other.Y) >= Math.Min(one.Height, other.Height) / 2;

    private static bool AreNeighbours(PixelBox one, PixelBox other)
    {
        var height = Math.Min(one.Height, other.Height);
        var gapX = Math.Max(one.X, other.X) - Math.Min(one.Right, other.Right);
        var gapY = Math.Max(one.Y, other.Y) - Math.Min(one.Bottom, other.Bottom);
        return OnOneLine(one, other) ? gapX <= height * 1.5 : gapY <= height && -gapX >= Math.Min(one.Width, other.Width) * 0.3;
    }
}
