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

    /// <summary>Reads boxes, frame px; lines under the model's least confidence and empty ones are left out.</summary>
    public List<TextLine> Read(VideoFrame frame, List<RotatedBox> boxes, TextSlot slot, CancellationToken cancellationToken)
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
            var lines = new List<TextLine>();
            foreach (var best in crops.Zip(texts).GroupBy(pair => pair.First.Box).Select(g => g.MaxBy(pair => pair.Second.Confidence)))
            {
                var (crop, text) = best;
                if (text.Text.AsSpan().Trim().IsEmpty || text.Confidence < model.MinConfidence)
                    continue;
                lines.Add(new TextLine(text.Text.Trim(), text.Confidence, crop.Place, Measure(frame, crop, text)));
            }

            DetectionTelemetry.Record("text", "measure", since);
            return lines;
        }
        finally
        {
            crops.ForEach(c => c.Dispose());
        }
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

    private static double Measure(VideoFrame frame, LineCrop crop, RecognisedText text)
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
            return GlyphRuler.Measure(room, line, Cells(crop, text, line));
        using var turned = new RgbPicture();
        LineCutter.Turn(room, turned);
        var row = new PixelBox(line.Y, room.Width - line.Right, line.Height, line.Width);
        return GlyphRuler.Measure(turned, row, Cells(crop, text, row));
    }

    // Characters of a row end midway to their neighbours, the first and last as far from their middle on the outer side; those of
    // a stacked column have cells of one height.
    private static List<PixelBox> Cells(LineCrop crop, RecognisedText text, PixelBox line)
    {
        if (crop.Layout == LineLayout.Stacked)
        {
            return [.. Enumerable.Range(0, crop.Cells).Select(i => new PixelBox(line.X, line.Y + (line.Height * i / crop.Cells), line.Width, line.Height / crop.Cells))];
        }

        // Positions are shares of the widened crop.
        var wide = line.Width + (2 * EndMargin * line.Height);
        var origin = line.CentreX - (wide / 2);
        var cells = new List<PixelBox>();
        for (var i = 0; i < text.Characters.Count; i++)
        {
            var at = text.Characters[i].Position;
            var before = i > 0 ? (at - text.Characters[i - 1].Position) / 2 : (double?)null;
            var after = i < text.Characters.Count - 1 ? (text.Characters[i + 1].Position - at) / 2 : (double?)null;
            var start = Math.Max(at - (before ?? after ?? 0.5), 0);
            var end = Math.Min(at + (after ?? before ?? 0.5), 1);
            cells.Add(new PixelBox(origin + (start * wide), line.Y, (end - start) * wide, line.Height));
        }

        return cells;
    }
}
