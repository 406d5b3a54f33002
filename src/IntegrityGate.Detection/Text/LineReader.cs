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
        row.Place = LineCutter.Cut(frame.Pixels, frame.Width, frame.Height, box, row.Picture);
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

    // Undoes the growing from core to line, roughly: the ink of a grown box ends about here.
    private static double Margin(RotatedBox box) => 0.12 * Math.Min(box.Width, box.Height);

    private static double Measure(VideoFrame frame, LineCrop crop, RecognisedText text)
    {
        using var room = new RgbPicture();
        var box = crop.Box;
        var margin = RulerMargin * Math.Min(box.Width, box.Height);
        LineCutter.Cut(frame.Pixels, frame.Width, frame.Height, box.Grow(margin), room);
        return box.Height;
    }
}
