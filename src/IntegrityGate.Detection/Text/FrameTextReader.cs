using System.Diagnostics;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Detection.Imaging;
using IntegrityGate.Detection.Models;
using IntegrityGate.Detection.Runtime;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace IntegrityGate.Detection.Text;

/// <summary>
/// Reads the text on single frames with a <c>text-reader</c> pack: <see cref="TextReading"/>. Sessions are shared by all streams;
/// the number of readings at a time is the number of slots. The work is done on the caller's thread.
/// </summary>
public sealed partial class FrameTextReader : IDetector, IDisposable
{
    private const string DetectorName = "text";

    private readonly TextReaderOptions _options;
    private readonly InferenceSession _detection;
    private readonly InferenceSession _recognition;
    private readonly LineDetector _detector;
    private readonly LineReader _reader;
    private readonly SlotPool<TextSlot> _slots;

    private FrameTextReader(TextReaderModel model, TextReaderOptions options, InferenceSession detection, InferenceSession recognition, CharacterSet characters)
    {
        _options = options;
        _detection = detection;
        _recognition = recognition;
        _detector = new LineDetector(model, detection, options);
        _reader = new LineReader(model, new LineRecogniser(model, recognition, characters, options));
        var axes = new ResizeAxisCache();
        _slots = new SlotPool<TextSlot>(options.Concurrency, () => new TextSlot(axes));
        Model = model.Reference(model.Files["recognition"]);
    }

    /// <summary>The reader; the hash is the recogniser's, since it says what was read.</summary>
    public ModelReference Model { get; }

    /// <summary>Loads a pack, checks that the dictionary fits the recogniser, and warms the sessions up.</summary>
    /// <param name="model">The pack.</param>
    /// <param name="options">Sizes and limits, threads.</param>
    /// <param name="logger">For the pack loaded.</param>
    /// <exception cref="ModelPackException">The pack was refused.</exception>
    public static FrameTextReader Load(TextReaderModel model, DetectionOptions options, ILogger logger)
    {
        var characters = new CharacterSet(model.Files["dictionary"].ReadVerified(), model.AppendSpace);
        var detection = OnnxSessions.Open(model, model.Files["detection"], model.DetectionInput, model.DetectionOutput, options.Onnx);
        InferenceSession? recognition = null;
        try
        {
            recognition = OnnxSessions.Open(model, model.Files["recognition"], model.RecognitionInput, model.RecognitionOutput, options.Onnx);
            var reader = new FrameTextReader(model, options.Text, detection, recognition, characters);
            reader.WarmUp();
            Log.Loaded(logger, model.Name, model.Version, characters.Count);
            return reader;
        }
        catch (OnnxRuntimeException e)
        {
            recognition?.Dispose();
            detection.Dispose();
            throw new ModelPackException([$"{model.DocumentPath}: files: the networks do not run: {e.Message}"]);
        }
        catch (ModelPackException)
        {
            recognition?.Dispose();
            detection.Dispose();
            throw;
        }
    }

    /// <summary>What it was told.</summary>
    internal TextReaderOptions Options => _options;

    /// <inheritdoc/>
    public async ValueTask<EvidenceItem> InspectAsync(VideoFrame frame, CancellationToken cancellationToken)
    {
        var lines = await ReadAsync(frame, [new RowBand(0, frame.Height)], cancellationToken).ConfigureAwait(false);
        return new TextReading(frame.Pts, Model, frame.Width, frame.Height, lines.ConvertAll(line => line.Line));
    }

    /// <summary>Finds and reads the lines in bands of a frame.</summary>
    internal ValueTask<List<ReadLine>> ReadAsync(VideoFrame frame, IReadOnlyList<RowBand> bands, CancellationToken cancellationToken) =>
        RunAsync(frame, slot => Find(frame, bands, slot), cancellationToken);

    /// <summary>Reads lines where they are known to stand.</summary>
    internal ValueTask<List<ReadLine>> ReadAsync(VideoFrame frame, List<RotatedBox> boxes, CancellationToken cancellationToken) =>
        RunAsync(frame, _ => boxes, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _slots.Dispose();
        _detection.Dispose();
        _recognition.Dispose();
    }

    private async ValueTask<List<ReadLine>> RunAsync(VideoFrame frame, Func<TextSlot, List<RotatedBox>> find, CancellationToken cancellationToken)
    {
        using var activity = DetectionTelemetry.Start("detect.text", Model, frame.Width, frame.Height);
        var start = Stopwatch.GetTimestamp();
        var slot = await _slots.TakeAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            DetectionTelemetry.Record(DetectorName, "wait", start);
            var boxes = find(slot);
            cancellationToken.ThrowIfCancellationRequested();
            var lines = _reader.Read(frame, boxes, slot, cancellationToken);
            DetectionTelemetry.Record(DetectorName, "total", start);
            activity?.SetTag("integritygate.text.boxes", boxes.Count).SetTag("integritygate.text.lines", lines.Count);
            return lines;
        }
        finally
        {
            _slots.Give(slot);
        }
    }

    private List<RotatedBox> Find(VideoFrame frame, IReadOnlyList<RowBand> bands, TextSlot slot)
    {
        var boxes = new List<RotatedBox>();
        foreach (var band in bands)
        {
            var since = Stopwatch.GetTimestamp();
            _detector.Prepare(frame, band, slot);
            since = DetectionTelemetry.Record(DetectorName, "prepare", since);
            boxes.AddRange(_detector.Detect(frame, band, slot));
            DetectionTelemetry.Record(DetectorName, "detect", since);
        }

        return Choose(boxes, frame);
    }

    /// <summary>The lines worth reading: high enough, those nearest to an edge first, not more than the limit.</summary>
    private List<RotatedBox> Choose(List<RotatedBox> boxes, VideoFrame frame)
    {
        var high = boxes.Where(b => Math.Min(b.Width, b.Height) >= _options.MinLineHeightFraction * frame.ShortSide)
            .OrderBy(b => EdgeDistance(b.Bounds, frame)).ToList();
        if (high.Count > _options.MaxLines)
        {
            DetectionTelemetry.CountSkipped(high.Count - _options.MaxLines);
            high.RemoveRange(_options.MaxLines, high.Count - _options.MaxLines);
        }

        return high;
    }

    private static double EdgeDistance(PixelBox box, VideoFrame frame) =>
        Math.Min(Math.Min(box.X, frame.Width - box.Right) / frame.Width, Math.Min(box.Y, frame.Height - box.Bottom) / frame.Height);

    private void WarmUp()
    {
        if (!_slots.TryTake(out var slot))
            return;
        try
        {
            using var frame = new VideoFrame(default, 640, 360);
            frame.Pixels.Fill(128);
            Find(frame, [new RowBand(0, frame.Height)], slot);
            _reader.Read(frame, [RotatedBox.Upright(0, 0, 160, 40)], slot, CancellationToken.None);
        }
        finally
        {
            _slots.Give(slot);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3010, LogLevel.Information, "Text reader {Name} {Version} is ready, {Classes} classes")]
        public static partial void Loaded(ILogger logger, string name, string version, int classes);
    }
}
