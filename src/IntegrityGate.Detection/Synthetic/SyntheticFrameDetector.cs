using System.Diagnostics;
using System.Globalization;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Detection.Imaging;
using IntegrityGate.Detection.Models;
using IntegrityGate.Detection.Runtime;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace IntegrityGate.Detection.Synthetic;

/// <summary>
/// Scores single frames with a <c>synthetic-frame</c> pack: <see cref="SyntheticScore"/>. One session for all streams; the number
/// of looks at a time is the number of slots. The work is done on the caller's thread.
/// </summary>
public sealed partial class SyntheticFrameDetector : IDetector, IDisposable
{
    private const string DetectorName = "synthetic";

    private readonly SyntheticFrameModel _model;
    private readonly InferenceSession _session;
    private readonly ViewCutter _cutter;
    private readonly SlotPool<ViewSlot> _slots;
    private readonly int _sentinelViews;
    private readonly double _floor;

    private SyntheticFrameDetector(
        SyntheticFrameModel model, ModelFile file, InferenceSession session, ViewCutter cutter, SlotPool<ViewSlot> slots, CascadeOptions cascade)
    {
        if (cascade.Enabled && model.Sentinel is { } sentinel)
        {
            _sentinelViews = sentinel.Views;
            _floor = Math.Min(model.Levels.Review, cascade.Review ?? double.PositiveInfinity) - (cascade.Margin ?? sentinel.Margin);
        }

        _model = model;
        _session = session;
        _cutter = cutter;
        _slots = slots;
        Model = model.Reference(file);
        Variant = file.Key;
    }

    /// <inheritdoc/>
    public ModelReference Model { get; }

    /// <summary>The pack.</summary>
    internal SyntheticFrameModel Pack => _model;

    /// <summary>The weights that run: <c>fp32</c> or <c>int8</c>.</summary>
    public string Variant { get; }

    /// <summary>Loads a pack and runs its selftest, which also warms the session up.</summary>
    /// <param name="model">The pack.</param>
    /// <param name="options">Variant, threads, concurrency.</param>
    /// <param name="logger">For the variant chosen.</param>
    /// <exception cref="ModelPackException">The pack was refused; with the numbers when its selftest was the reason.</exception>
    public static SyntheticFrameDetector Load(SyntheticFrameModel model, DetectionOptions options, ILogger logger)
    {
        var candidates = Candidates(model, options.Variant);
        for (var i = 0; ; i++)
        {
            var (detector, errors) = TryLoad(model, candidates[i], options);
            if (detector is not null)
            {
                Log.Loaded(logger, model.Name, model.Version, detector.Variant, detector.Model.Sha256);
                return detector;
            }

            if (i == candidates.Count - 1)
                throw new ModelPackException(errors);
            Log.VariantRefused(logger, model.Name, candidates[i].Key, candidates[i + 1].Key, string.Join("; ", errors));
        }
    }

    /// <summary>True when frames can be scored by the sentinel first: the model names one, and the options do not forbid it.</summary>
    public bool HasSentinel => _sentinelViews > 0;

    /// <summary>Scores a frame with all views.</summary>
    /// <inheritdoc/>
    public ValueTask<EvidenceItem> InspectAsync(VideoFrame frame, CancellationToken cancellationToken) =>
        InspectAsync(frame, sentinelFirst: false, cancellationToken);

    /// <summary>Scores a frame.</summary>
    /// <param name="frame">The frame; borrowed.</param>
    /// <param name="sentinelFirst">
    /// True: only the sentinel's views when they score it far under the review level; the score is then their mean, and it has no other
    /// <see cref="SyntheticScore.ViewScores"/>. No frame at or above the review level was scored by fewer than all views.
    /// </param>
    /// <param name="cancellationToken">Ends the look early.</param>
    public async ValueTask<EvidenceItem> InspectAsync(VideoFrame frame, bool sentinelFirst, CancellationToken cancellationToken)
    {
        using var activity = DetectionTelemetry.Start("detect.synthetic", Model, frame.Width, frame.Height);
        var start = Stopwatch.GetTimestamp();
        var slot = await _slots.TakeAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var since = DetectionTelemetry.Record(DetectorName, "wait", start);
            var cut = _cutter.Cut(frame.Pixels, frame.Width, frame.Height, slot);
            since = DetectionTelemetry.Record(DetectorName, "prepare", since);
            cancellationToken.ThrowIfCancellationRequested();
            var depth = Run(slot, sentinelFirst);
            DetectionTelemetry.Record(DetectorName, "network", since);
            DetectionTelemetry.Record(DetectorName, "total", start);
            DetectionTelemetry.CountFrame(depth);
            var views = Logits(slot, depth);
            var score = Mean(views);
            var outOfScope = OutOfScope(frame, cut);
            activity?.SetTag("integritygate.score", score).SetTag("integritygate.views", views.Length).SetTag("integritygate.out_of_scope", outOfScope);
            return new SyntheticScore(
                frame.Pts, Model, score, _model.Calibration.Probability(score), views, _model.Levels, outOfScope, cut.Fingerprint);
        }
        finally
        {
            _slots.Give(slot);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _slots.Dispose();
        _session.Dispose();
    }

    // Runs the network on a slot's tensor; the logits land in the slot.
    private LookDepth Run(ViewSlot slot, bool sentinelFirst)
    {
        if (!sentinelFirst || slot is not { Sentinel: { } sentinel, Others: { } others })
        {
            slot.All.Run(_session);
            return LookDepth.Whole;
        }

        sentinel.Run(_session);
        // Written so that no number calls for all views.
        if (Mean(Logits(slot, LookDepth.Sentinel)) < _floor)
            return LookDepth.Sentinel;
        others.Run(_session);
        return LookDepth.Raised;
    }

    private double[] Logits(ViewSlot slot, LookDepth depth)
    {
        var views = new double[depth == LookDepth.Sentinel ? _sentinelViews : slot.Logits.Length];
        for (var i = 0; i < views.Length; i++)
            views[i] = slot.Logits[i];
        return views;
    }

    private static double Mean(double[] views)
    {
        double sum = 0;
        foreach (var view in views)
            sum += view;
        return sum / views.Length;
    }

    private static List<ModelFile> Candidates(SyntheticFrameModel model, ModelVariant variant)
    {
        string[] keys = variant switch
        {
            ModelVariant.Fp32 => ["fp32"],
            ModelVariant.Int8 => ["int8"],
            _ => ["int8", "fp32"],
        };
        var files = keys.Where(model.Files.ContainsKey).Select(key => model.Files[key]).ToList();
        return files.Count > 0 ? files : throw new ModelPackException([$"{model.DocumentPath}: files: has no {string.Join(" or ", keys)}, which the options ask for"]);
    }

    private static (SyntheticFrameDetector? Detector, IReadOnlyList<string> Errors) TryLoad(SyntheticFrameModel model, ModelFile file, DetectionOptions options)
    {
        var session = OnnxSessions.Open(model, file, model.Input, model.OutputName, options.Onnx);
        var axes = new ResizeAxisCache();
        var cutter = new ViewCutter(model);
        var sentinel = options.Cascade.Enabled ? model.Sentinel?.Views ?? 0 : 0;
        var slots = new SlotPool<ViewSlot>(options.SyntheticConcurrency, () => new ViewSlot(model, model.Views.Count, axes, sentinel));
        IReadOnlyList<string> errors;
        try
        {
            using var slot = new ViewSlot(model, model.Views.Count, axes, sentinel);
            errors = SyntheticSelftest.Run(model, file, session, slot, cutter);
        }
        catch (OnnxRuntimeException e)
        {
            errors = [$"{model.DocumentPath}: files.{file.Key}: {file.Path} does not run: {e.Message}"];
        }

        if (errors.Count == 0)
            return (new SyntheticFrameDetector(model, file, session, cutter, slots, options.Cascade), errors);
        slots.Dispose();
        session.Dispose();
        return (null, errors);
    }

    private string? OutOfScope(VideoFrame frame, CutViews cut)
    {
        if (cut.Enlarged)
            return $"short side {frame.ShortSide} px is under {_model.ShortSideMin} px: the frame was enlarged and carries little evidence";
        return cut.MeanChroma < _model.MinMeanChroma
            ? string.Create(CultureInfo.InvariantCulture, $"monochrome: mean chroma {cut.MeanChroma:0.00} is under {_model.MinMeanChroma:0.00}")
            : null;
    }

    private static partial class Log
    {
        [LoggerMessage(3000, LogLevel.Information, "Detector {Name} {Version} runs its {Variant} weights ({Sha256})")]
        public static partial void Loaded(ILogger logger, string name, string version, string variant, string sha256);

        [LoggerMessage(3001, LogLevel.Warning, "Detector {Name}: the {Variant} weights fail on this machine, {Next} are tried: {Errors}")]
        public static partial void VariantRefused(ILogger logger, string name, string variant, string next, string errors);
    }
}
