using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Rules;
using IntegrityGate.Detection.Models;
using IntegrityGate.Detection.Tests.Support;
using IntegrityGate.Detection.Text;
using IntegrityGate.Enforcement.Labels;
using IntegrityGate.Enforcement.Rules;
using Microsoft.Extensions.Logging.Abstractions;
using SkiaSharp;

namespace IntegrityGate.Detection.Tests.Labels;

/// <summary>Takes cases the whole way: drawn, through x264 and back, read, and held against the shipped rules.</summary>
public static class LabelTrial
{
    private const int FramesAtATime = 6;

    private static readonly LabelReader _rules = new(
        Obligations.From(RulePackLibrary.Shipped.Select(["cn-2025"]), new DateOnly(2026, 10, 1)), new LabelReadingOptions());

    /// <summary>The shipped reader.</summary>
    public static FrameTextReader LoadReader() => FrameTextReader.Load(
        ModelCatalog.Load(Repository.Models).Select<TextReaderModel>(null, "ppocr-v4"), new DetectionOptions(), NullLogger.Instance);

    /// <summary>Runs cases.</summary>
    public static async Task<List<LabelResult>> MeasureAsync(FrameTextReader reader, LabelSet set, IEnumerable<LabelCase> cases, CancellationToken cancellationToken)
    {
        var results = new List<LabelResult>();
        foreach (var group in cases.GroupBy(c => (c.Width, c.Height, c.Crf)))
        {
            foreach (var chunk in group.Chunk(FramesAtATime))
            {
                var drawn = Array.ConvertAll(chunk, set.Draw);
                var frames = H264.RoundTrip(drawn.Select(d => d.Pixels), group.Key.Width, group.Key.Height, group.Key.Crf);
                for (var i = 0; i < chunk.Length; i++)
                {
                    using var frame = frames[i];
                    var reading = (TextReading)await reader.InspectAsync(frame, cancellationToken);
                    results.Add(Judge(chunk[i], reading, drawn[i]));
                }
            }
        }

        return results;
    }

    private static LabelResult Judge(LabelCase label, TextReading reading, DrawnLabel drawn)
    {
        var (height, place) = (drawn.Height, drawn.Place);
        var finding = _rules.Read(reading);
        var text = string.Join(" ", reading.Lines.Where(l => Meets(l.Box, place)).Select(l => l.Text));
        var here = finding.Box is { } box && Meets(box, place);
        // English words hold no element of the Chinese rule: a disclosure is all they can be.
        var read = here && finding.State >= (label.Words.Any(c => c >= 0x2E80) ? LabelState.TooSmall : LabelState.Wording);
        return new LabelResult(label, drawn.VisibleShare, finding, read, text, read ? (finding.GlyphHeight - height) / height : 0);
    }

    private static bool Meets(PixelBox box, SKRect place) =>
        box.Overlap(new PixelBox(place.Left, place.Top, place.Width, place.Height)) > 0;
}
