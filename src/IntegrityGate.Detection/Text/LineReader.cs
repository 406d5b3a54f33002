using System.Diagnostics;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Detection.Imaging;
using IntegrityGate.Detection.Models;
using IntegrityGate.Detection.Runtime;

namespace IntegrityGate.Detection.Text;

/// <summary>Reads the lines in given boxes: cut, recognised in batches, and the glyphs measured.</summary>
internal sealed class LineReader(TextReaderModel model, LineRecogniser recogniser)
{
    /// <summary>Room around a line's box in which its glyphs are measured, as a share of the box's height: the box may cut the ink.</summary>
    private const double RulerMargin = 0.2;

    /// <summary>
    /// Room at either end of a line, as a share of its height: 0.15. Measured on 54 drawn labels that must be legible (5 % and up,
    /// opacity 0.6 and up, after x264): without it 47 were read, with it 52; what was lost was the I of an outlined AI.
    /// </summary>
    private const double EndMargin = 0.15;

    /// <summary>How much less sure the second reading of an outlined line may be and still count when it found all that the first did and more: 0.1. What the first reading lost does not lower its confidence.</summary>
    private const double ConfidenceSlack = 0.1;

    /// <summary>Reads boxes, frame px; lines under the model's least confidence and empty ones are left out.</summary>
    public List<ReadLine> Read(VideoFrame frame, List<RotatedBox> boxes, TextSlot slot, CancellationToken cancellationToken)
    {
        var since = Stopwatch.GetTimestamp();
        var crops = new List<LineCrop>();
        try
        {
            foreach (var box in boxes)
                AddCrops(frame, box, crops);
            since = DetectionTelemetry.Record("text", "cut", since);
            var texts = recogniser.Recognise(crops.ConvertAll(c => c.Picture), slot, cancellationToken);
            since = DetectionTelemetry.Record("text", "recognise", since);
            var found = new List<FoundLine>();
            foreach (var (crop, text) in crops.Zip(texts).GroupBy(pair => pair.First.Box).Select(g => g.MaxBy(pair => pair.Second.Confidence)))
            {
                if (!text.Text.AsSpan().Trim().IsEmpty && text.Confidence >= model.MinConfidence)
                    found.Add(Measure(frame, crop, text));
            }

            since = DetectionTelemetry.Record("text", "measure", since);
            ReadAgain(found, slot, cancellationToken);
            DetectionTelemetry.Record("text", "again", since);
            return found.ConvertAll(line => new ReadLine(new TextLine(line.Text.Text.Trim(), line.Text.Confidence, line.Crop.Place, line.Measure.Height), line.Crop.Box));
        }
        finally
        {
            crops.ForEach(c => c.Dispose());
        }
    }

    // An outline hides thin letters from the recogniser (the I of AI above all): outlined lines are read once more without it.
    private void ReadAgain(List<FoundLine> lines, TextSlot slot, CancellationToken cancellationToken)
    {
        var outlined = lines.Where(line => line.Measure is { IsEnclosed: true, Fill: not null } && line.Crop.Layout != LineLayout.Stacked).ToList();
        if (outlined.Count == 0)
            return;
        var clean = outlined.ConvertAll(line => line.Measure.Fill!.Draw(line.Row));
        try
        {
            var texts = recogniser.Recognise(clean, slot, cancellationToken);
            for (var i = 0; i < texts.Length; i++)
            {
                if (IsBetter(texts[i], outlined[i].Text))
                    outlined[i].Text = texts[i];
            }
        }
        finally
        {
            clean.ForEach(picture => picture.Dispose());
        }
    }

    // It found what the first reading lost, and lost nothing; or it is surer of as much.
    private static bool IsBetter(RecognisedText again, RecognisedText first)
    {
        var (now, before) = (Letters(again), Letters(first));
        return now.Length > before.Length
            ? again.Confidence > first.Confidence - (Holds(now, before) ? ConfidenceSlack : 0)
            : now.Length == before.Length && again.Confidence > first.Confidence;
    }

    // Outlines leave dashes and dots, which are no characters that were lost.
    private static string Letters(RecognisedText text) => string.Concat(text.Text.Where(char.IsLetterOrDigit));

    // Every letter of the part, in its order.
    private static bool Holds(string whole, string part)
    {
        var at = 0;
        foreach (var letter in whole)
        {
            if (at < part.Length && part[at] == letter)
                at++;
        }

        return at == part.Length;
    }

    private static void AddCrops(VideoFrame frame, RotatedBox box, List<LineCrop> crops)
    {
        var row = new LineCrop(box);
        row.Place = LineCutter.Cut(frame.Pixels, frame.Width, frame.Height, Widen(box), row.Picture);
        if (row.Picture.Height <= LineCutter.ColumnRatio * row.Picture.Width)
        {
            crops.Add(row);
            return;
        }

        // A column is either a row that was turned, or characters stacked upright: both are read, the surer one counts.
        using (row)
        {
            var turned = new LineCrop(box) { Place = row.Place, Layout = LineLayout.Turned };
            LineCutter.Turn(row.Picture, turned.Picture);
            crops.Add(turned);
            var stacked = new LineCrop(box) { Place = row.Place, Layout = LineLayout.Stacked };
            stacked.Cells = LineCutter.Unstack(row.Picture, Margin(box), stacked.Picture);
            crops.Add(stacked);
        }
    }

    // Along the line only: other lines may be near across it.
    private static RotatedBox Widen(RotatedBox box) => box.Width >= box.Height
        ? box with { Width = box.Width + (2 * EndMargin * box.Height) }
        : box with { Height = box.Height + (2 * EndMargin * box.Width) };

    // Undoes the growing from core to line, roughly: the ink of a grown box ends about here.
    private static double Margin(RotatedBox box) => 0.12 * Math.Min(box.Width, box.Height);

    private static FoundLine Measure(VideoFrame frame, LineCrop crop, RecognisedText text)
    {
        using var room = new RgbPicture();
        var box = crop.Box;
        var across = Math.Min(box.Width, box.Height);
        // Strokes are told from grounds only where the ground is seen as wide as the ruler's window.
        var whole = box.Grow(Math.Ceiling((RulerMargin + GlyphRuler.WindowFraction) * across));
        var place = LineCutter.Cut(frame.Pixels, frame.Width, frame.Height, whole, room);
        var line = box.Angle == 0
            ? new PixelBox(box.Bounds.X - place.X, box.Bounds.Y - place.Y, box.Width, box.Height)
            : new PixelBox((room.Width - box.Width) / 2, (room.Height - box.Height) / 2, box.Width, box.Height);
        if (crop.Layout != LineLayout.Turned)
            return Found(room, line);
        using var turned = new RgbPicture();
        LineCutter.Turn(room, turned);
        return Found(turned, new PixelBox(line.Y, room.Width - line.Right, line.Height, line.Width));

        FoundLine Found(RgbPicture picture, PixelBox row) => new(crop, row with { X = row.X - (EndMargin * row.Height), Width = row.Width + (2 * EndMargin * row.Height) })
        {
            Text = text,
            Measure = GlyphRuler.Measure(picture, row, Cells(crop, text, row), crop.Layout == LineLayout.Stacked),
        };
    }

    // Characters of a row end midway to their neighbours, the first and last as far from their middle on the outer side; those of
    // a stacked column have cells of one height.
    private static List<GlyphCell> Cells(LineCrop crop, RecognisedText text, PixelBox line)
    {
        if (crop.Layout == LineLayout.Stacked)
        {
            return [.. Enumerable.Range(0, crop.Cells).Select(i => new GlyphCell(new PixelBox(line.X, line.Y + (line.Height * i / crop.Cells), line.Width, line.Height / crop.Cells), true))];
        }

        // Positions are shares of the widened crop.
        var wide = line.Width + (2 * EndMargin * line.Height);
        var origin = line.CentreX - (wide / 2);
        var cells = new List<GlyphCell>();
        for (var i = 0; i < text.Characters.Count; i++)
        {
            var at = text.Characters[i].Position;
            var before = i > 0 ? (at - text.Characters[i - 1].Position) / 2 : (double?)null;
            var after = i < text.Characters.Count - 1 ? (text.Characters[i + 1].Position - at) / 2 : (double?)null;
            var start = Math.Max(at - (before ?? after ?? 0.5), 0);
            var end = Math.Min(at + (after ?? before ?? 0.5), 1);
            cells.Add(new GlyphCell(new PixelBox(origin + (start * wide), line.Y, (end - start) * wide, line.Height), IsIdeograph(text.Characters[i].Text)));
        }

        return cells;
    }

    // CJK Unified Ideographs, but for the few that are flat in every font.
    private static bool IsIdeograph(string character) => character is [>= '\u4E00' and <= '\u9FFF'] and not ("\u4E00" or "\u4E8C" or "\u4E28" or "\u53E3" or "\u5DE5");
}
