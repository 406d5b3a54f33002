using IntegrityGate.Core.Evidence;
using IntegrityGate.Detection.Logos;
using IntegrityGate.Detection.Models;
using IntegrityGate.Detection.Replays;
using IntegrityGate.Detection.Runtime;
using IntegrityGate.Detection.Synthetic;
using IntegrityGate.Detection.Text;
using Microsoft.Extensions.Logging;

namespace IntegrityGate.Detection;

/// <summary>
/// The detectors that the program runs, loaded and checked; one of each task for all streams. They can be replaced while streams are
/// looked at: a look ends with what it began with.
/// </summary>
public sealed class DetectorSet : IDisposable
{
    private readonly DetectionOptions _options;
    private readonly ILoggerFactory _loggers;
    private readonly ModelSeat<SyntheticFrameDetector> _synthetic;
    private readonly ModelSeat<FrameTextReader> _text;
    private readonly LookThreads _threads;
    private ModelCatalog _catalog;

    private DetectorSet(
        DetectionOptions options, ILoggerFactory loggers, ModelCatalog catalog, ModelSeat<SyntheticFrameDetector> synthetic, ModelSeat<FrameTextReader> text)
    {
        _options = options;
        _loggers = loggers;
        _catalog = catalog;
        _synthetic = synthetic;
        _text = text;
        _threads = new LookThreads(Math.Min(options.SyntheticConcurrency, options.Text.Concurrency));
        Printer = new PicturePrinter(options.SyntheticConcurrency, _threads);
        Logos = options.LogosFolder.Length == 0 ? null : LogoFinder.Load(options.LogosFolder, options.SyntheticConcurrency, _threads);
        Synthetic = OpenSynthetic();
        Text = new ThreadedDetector(new SeatedDetector<FrameTextReader>(text), _threads);
    }

    /// <summary>All packs of the models folder, the unused ones too.</summary>
    public ModelCatalog Catalog => Volatile.Read(ref _catalog);

    /// <summary>Scores frames with all views: <see cref="SyntheticScore"/>.</summary>
    public IDetector Synthetic { get; }

    /// <summary>Reads text: <see cref="TextReading"/>.</summary>
    public IDetector Text { get; }

    /// <summary>Makes prints, by which pictures are recognised when they come again.</summary>
    public PicturePrinter Printer { get; }

    /// <summary>Finds logos; null when no folder of templates was given.</summary>
    public LogoFinder? Logos { get; }

    /// <summary>The models in force.</summary>
    public IReadOnlyList<ModelReference> Models => [_synthetic.InForce.Model, _text.InForce.Model];

    /// <summary>Scores one stream's frames, with the sentinel first when it is told to. It needs no disposal.</summary>
    public CascadeDetector OpenSynthetic() => new(
        () => _synthetic.InForce.Model,
        (frame, sentinelFirst, cancellationToken) => _threads.LookAsync(
            async () =>
            {
                var held = _synthetic.Hold();
                try
                {
                    return await held.Detector.InspectAsync(frame, sentinelFirst, cancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    held.Release();
                }
            },
            cancellationToken));

    /// <summary>A reader for one stream, which reads no more than is asked and holds what does not change. It needs no disposal.</summary>
    /// <param name="demand">Asked before each reading.</param>
    public IDetector OpenText(Func<TextDemand> demand) => new ThreadedDetector(new SeatedTextReader(_text, demand), _threads);

    /// <summary>Loads the packs that the options name, runs their selftests and warms them up.</summary>
    /// <param name="options">Valid options (<see cref="DetectionOptions.Validate"/>).</param>
    /// <param name="loggerFactory">For what was loaded.</param>
    /// <exception cref="ModelPackException">A pack was refused; it holds every reason.</exception>
    public static DetectorSet Load(DetectionOptions options, ILoggerFactory loggerFactory)
    {
        var catalog = ModelCatalog.Load(options.ModelsFolder);
        var (detector, reader) = Select(catalog, options);
        var synthetic = new ModelSeat<SyntheticFrameDetector>(LoadSynthetic(detector, options, loggerFactory), detector.DocumentSha256);
        try
        {
            var text = new ModelSeat<FrameTextReader>(LoadText(reader, options, loggerFactory), reader.DocumentSha256);
            return new DetectorSet(options, loggerFactory, catalog, synthetic, text);
        }
        catch (ModelPackException)
        {
            synthetic.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Reads the models folder again. Packs whose content changed are loaded beside those in force and must pass their selftests; then,
    /// all together, they are in force for looks that begin from now on.
    /// </summary>
    /// <returns>False when the packs in force did not change.</returns>
    /// <exception cref="ModelPackException">A pack was refused; it holds every reason, and nothing has changed.</exception>
    public bool Reload()
    {
        var catalog = ModelCatalog.Load(_options.ModelsFolder);
        var (detector, reader) = Select(catalog, _options);
        var synthetic = detector.DocumentSha256 == _synthetic.Identity ? null : LoadSynthetic(detector, _options, _loggers);
        FrameTextReader? text = null;
        try
        {
            if (synthetic is not null)
                RequireTellable(synthetic, _synthetic.InForce);
            text = reader.DocumentSha256 == _text.Identity ? null : LoadText(reader, _options, _loggers);
        }
        catch (ModelPackException)
        {
            synthetic?.Dispose();
            throw;
        }

        Volatile.Write(ref _catalog, catalog);
        if (synthetic is not null)
            _synthetic.Replace(synthetic, detector.DocumentSha256);
        if (text is not null)
            _text.Replace(text, reader.DocumentSha256);
        return synthetic is not null || text is not null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _threads.Dispose();
        _synthetic.Dispose();
        _text.Dispose();
        Printer.Dispose();
        Logos?.Dispose();
    }

    private static (SyntheticFrameModel Detector, TextReaderModel Reader) Select(ModelCatalog catalog, DetectionOptions options) =>
        (catalog.Select<SyntheticFrameModel>(options.Detector, "frame-v1"), catalog.Select<TextReaderModel>(options.Reader, "ppocr-v4"));

    // Scores are averaged as long as name, version and weights stay the same.
    private static void RequireTellable(SyntheticFrameDetector fresh, SyntheticFrameDetector inForce)
    {
        if (fresh.Model == inForce.Model && !fresh.Pack.CutsLike(inForce.Pack))
            throw new ModelPackException([$"{fresh.Pack.DocumentPath}: version: is still {fresh.Model.Version}, though input, analysisFrame or views changed: the scores of both would be averaged"]);
    }

    private static SyntheticFrameDetector LoadSynthetic(SyntheticFrameModel model, DetectionOptions options, ILoggerFactory loggers) =>
        SyntheticFrameDetector.Load(model, options, loggers.CreateLogger<SyntheticFrameDetector>());

    private static FrameTextReader LoadText(TextReaderModel model, DetectionOptions options, ILoggerFactory loggers) =>
        FrameTextReader.Load(model, options, loggers.CreateLogger<FrameTextReader>());
}
