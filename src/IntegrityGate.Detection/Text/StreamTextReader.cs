using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Time;
using IntegrityGate.Detection.Runtime;

namespace IntegrityGate.Detection.Text;

/// <summary>
/// Reads one stream's text with the shared reader, no more of it than the judge asks. A known label whose place looks as it did
/// when it was read is reported again without reading; one whose place changed is read where it stood; one that is gone or
/// different makes the reading a whole one, so that an absence is always concluded from a whole frame. One look at a time.
/// </summary>
/// <param name="reader">The shared reader.</param>
/// <param name="demand">What the next reading is for.</param>
internal sealed class StreamTextReader(FrameTextReader reader, Func<TextDemand> demand) : IDetector
{
    private List<HeldLine> _held = [];
    private (int Width, int Height) _size;
    private MediaTime? _wholeAt;

    /// <inheritdoc/>
    public ModelReference Model => reader.Model;

    /// <inheritdoc/>
    public async ValueTask<EvidenceItem> InspectAsync(VideoFrame frame, CancellationToken cancellationToken)
    {
        var asked = demand();
        if (IsWholeDue(frame))
            asked = TextDemand.Whole;
        if (asked is { Scope: TextScope.Place, Place: { } place })
        {
            var lines = await LookAfterAsync(frame, place, cancellationToken).ConfigureAwait(false);
            if (lines is not null)
                return Report(frame, lines, [.. lines.Select(line => line.Read.Line.Box)]);
        }

        if (asked.Scope == TextScope.Edges)
        {
            var height = Math.Max((int)Math.Ceiling(frame.Height * reader.Options.EdgeBand), 1);
            RowBand[] bands = [new(0, height), new(frame.Height - height, frame.Height)];
            DetectionTelemetry.CountReading("edges");
            Hold(frame, await reader.ReadAsync(frame, bands, cancellationToken).ConfigureAwait(false));
            return Report(frame, _held, [.. bands.Select(band => new PixelBox(0, band.Top, frame.Width, band.Height))]);
        }

        DetectionTelemetry.CountReading("whole");
        Hold(frame, await reader.ReadAsync(frame, [new RowBand(0, frame.Height)], cancellationToken).ConfigureAwait(false));
        _size = (frame.Width, frame.Height);
        _wholeAt = frame.Pts;
        return Report(frame, _held, null);
    }

    // The stream's clock may begin anew, and its picture change size.
    private bool IsWholeDue(VideoFrame frame) =>
        _wholeAt is not { } at || _size != (frame.Width, frame.Height) || frame.Pts < at || frame.Pts - at >= reader.Options.WholeInterval;

    // The lines at the place, if all of them are still there; null when a whole reading must say what is.
    private async ValueTask<List<HeldLine>?> LookAfterAsync(VideoFrame frame, PixelBox place, CancellationToken cancellationToken)
    {
        var lines = _held.Where(line => line.Read.Line.Box.Overlap(place) > 0).ToList();
        if (lines.Count == 0)
            return null;
        var changed = lines.Where(line => !line.Print.Matches(LinePrint.Take(frame, line.Read.Box))).ToList();
        if (changed.Count == 0)
        {
            DetectionTelemetry.CountReading("held");
            return lines;
        }

        DetectionTelemetry.CountReading("place");
        var again = await reader.ReadAsync(frame, changed.ConvertAll(line => line.Read.Box), cancellationToken).ConfigureAwait(false);
        foreach (var line in changed)
        {
            var same = again.Find(read => read.Box == line.Read.Box && read.Line.Text == line.Read.Line.Text);
            if (same is null)
                return null;
            var now = new HeldLine(same, LinePrint.Take(frame, same.Box));
            _held[_held.IndexOf(line)] = now;
            lines[lines.IndexOf(line)] = now;
        }

        return lines;
    }

    private void Hold(VideoFrame frame, List<ReadLine> lines) =>
        _held = lines.ConvertAll(line => new HeldLine(line, LinePrint.Take(frame, line.Box)));

    private TextReading Report(VideoFrame frame, List<HeldLine> lines, IReadOnlyList<PixelBox>? parts) =>
        new(frame.Pts, Model, frame.Width, frame.Height, lines.ConvertAll(line => line.Read.Line)) { Parts = parts };
}
