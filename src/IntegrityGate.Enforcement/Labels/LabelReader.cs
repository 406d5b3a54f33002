using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
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
        var best = new LabelFinding(reading.At, LabelState.None, "", null, 0, least) { IsWhole = reading.IsWhole };
        foreach (var candidate in lines.Concat(Pairs(lines)))
        {
            var state = StateOf(candidate, least, reading);
            if (state > best.State || (state == best.State && state != LabelState.None && candidate.GlyphHeight > best.GlyphHeight))
                best = best with { State = state, Text = candidate.Text, Box = candidate.Box, GlyphHeight = candidate.GlyphHeight };
        }

        return best;
    }

    private LabelState StateOf(Candidate candidate, double least, TextReading reading)
    {
        if (candidate.Folded.Length > options.MaxLabelCharacters || obligations.Wording is not { } wording || LabelText.IsNegated(candidate.Folded, wording))
            return LabelState.None;
        if (!LabelText.HasAllElements(candidate.Folded, wording))
            return wording.Disclosures.Any(phrase => LabelText.Matches(candidate.Folded, phrase.Text, phrase.Scope)) ? LabelState.Wording : LabelState.None;
        if (candidate.GlyphHeight < least * options.HeightTolerance)
            return LabelState.TooSmall;
        return obligations.Position is null || IsAtEdge(candidate.Box, reading) ? LabelState.Sufficient : LabelState.Position;
    }

    private bool IsAtEdge(PixelBox box, TextReading reading) =>
        InBand(box.CentreX, reading.FrameWidth) || InBand(box.CentreY, reading.FrameHeight);

    private bool InBand(double centre, int length) => centre <= length * options.EdgeBand || centre >= length * (1 - options.EdgeBand);

    // A label may be set on two lines, or be read in two pieces; each piece then holds an element that the other lacks.
    private IEnumerable<Candidate> Pairs(Candidate[] lines)
    {
        if (obligations.Wording is not { } wording)
            yield break;
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
