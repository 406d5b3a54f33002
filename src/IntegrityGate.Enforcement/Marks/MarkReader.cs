using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Rules;
using IntegrityGate.Enforcement.Labels;

namespace IntegrityGate.Enforcement.Marks;

/// <summary>Finds the marks in what was read off a frame, by words, place and size. Pure.</summary>
/// <param name="obligations">Marks of the rule packs, and the words that deny.</param>
/// <param name="matcher">The catalogue's marks.</param>
/// <param name="options">Limits.</param>
internal sealed class MarkReader(Obligations obligations, MarkMatcher matcher, MarkReadingOptions options)
{
    /// <summary>16 marks a frame: a picture bears one or two; more is a page about generators.</summary>
    public const int MaxSightings = 16;

    /// <summary>Finds them.</summary>
    /// <param name="reading">What was read.</param>
    /// <param name="label">The label in it: one on two lines is a statement that no line is.</param>
    public List<MarkSighting> Read(TextReading reading, LabelFinding label)
    {
        var sightings = new List<MarkSighting>();
        foreach (var line in reading.Lines)
        {
            if (sightings.Count < MaxSightings && Read(reading, line) is { } sighting)
                sightings.Add(sighting);
        }

        if (sightings.Count < MaxSightings && label is { State: >= LabelState.TooSmall, Box: { } box }
            && !sightings.Exists(seen => seen.Box.Overlap(box) > 0)
            && Read(reading, new TextLine(label.Text, 1, box, label.GlyphHeight)) is { Kind: MarkKind.Statement } whole)
            sightings.Add(whole);
        return sightings;
    }

    private MarkSighting? Read(TextReading reading, TextLine line)
    {
        if (matcher.Match(line.Text, options.MaxCharacters) is not var (mark, kind))
            return ReadPackMark(reading, line);
        var isPlaced = kind == MarkKind.Statement
            ? line.Confidence >= options.StatementConfidence && IsWithin(line.Box, reading, options.StatementBand)
            : line.Confidence >= options.NameConfidence && IsWithin(line.Box, reading, options.NameBand) && IsSized(line, reading);
        if (!isPlaced)
            return null;
        var what = kind == MarkKind.Statement && mark.Kind == MarkKind.Statement ? "" : $"mark of {mark.Owner} ";
        return new MarkSighting(mark.Id, mark.Owner, kind, mark.Wanders, $"{(what.Length == 0 ? "label " : what)}\"{line.Text}\"", line.Box, line.Confidence);
    }

    // A rule pack's own marks are words of a line, or the line.
    private MarkSighting? ReadPackMark(TextReading reading, TextLine line)
    {
        if (obligations.VisibleMarks.Count == 0 || line.Text.Length > options.MaxCharacters || !IsWithin(line.Box, reading, options.StatementBand))
            return null;
        var folded = LabelText.Fold(line.Text);
        if (obligations.Wordings.Any(wording => LabelText.IsNegated(folded, wording)))
            return null;
        var mark = obligations.VisibleMarks.FirstOrDefault(held => line.Confidence >= held.MinConfidence && LabelText.Matches(folded, held.Text, held.Scope));
        return mark is null ? null : new MarkSighting("pack." + mark.Text, mark.Name, MarkKind.Statement, false, $"mark of {mark.Name} \"{line.Text}\"", line.Box, line.Confidence);
    }

    private bool IsSized(TextLine line, TextReading reading)
    {
        var height = line.GlyphHeight / Math.Min(reading.FrameWidth, reading.FrameHeight);
        return height >= options.MinNameHeight && height <= options.MaxNameHeight;
    }

    private static bool IsWithin(PixelBox box, TextReading reading, double band) =>
        IsAtEnd(box.CentreX, reading.FrameWidth, band) || IsAtEnd(box.CentreY, reading.FrameHeight, band);

    private static bool IsAtEnd(double centre, int length, double band) => centre <= length * band || centre >= length * (1 - band);
}
