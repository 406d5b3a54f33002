using IntegrityGate.Core.Evidence;
using IntegrityGate.Detection.Logos;
using IntegrityGate.Detection.Models;
using IntegrityGate.Detection.Replays;
using IntegrityGate.Detection.Runtime;
using IntegrityGate.Detection.Synthetic;
using IntegrityGate.Detection.Text;
using Microsoft.Extensions.Logging;

namespace IntegrityGate.Detection;

/// <summary>The detectors that the program runs, loaded and checked. Dispose it when no frame is being looked at.</summary>
public sealed class DetectorSet : IDisposable
{
    private readonly SyntheticFrameDetector _synthetic;
    private readonly FrameTextReader _text;
    private readonly LookThreads _threads;

    private DetectorSet(ModelCatalog catalog, SyntheticFrameDetector synthetic, FrameTextReader text, LookThreads threads, PicturePrinter printer)
    {
        Printer = printer;
        Catalog = catalog;
        _synthetic = synthetic;
        _text = text;
        _threads = threads;
        Synthetic = new ThreadedDetector(synthetic, threads);
        Text = new ThreadedDetector(text, threads);
        Models = [synthetic.Model, text.Model];
    }

    /// <summary>All packs of the models folder, the unused ones too.</summary>
    public ModelCatalog Catalog { get; }

    /// <summary>Scores frames with all views: <see cref="SyntheticScore"/>.</summary>
    public IDetector Synthetic { get; }

    /// <summary>Reads text: <see cref="TextReading"/>.</summary>
    public IDetector Text { get; }

    /// <summary>Makes prints, by which pictures are recognised when they come again.</summary>
    public PicturePrinter Printer { get; }

    /// <summary>Finds logos; null when no folder of templates was given.</summary>
    public LogoFinder? Logos { get; private init; }

    /// <summary>Scores one stream's frames, with the sentinel first when it is told to. It needs no disposal.</summary>
    public CascadeDetector OpenSynthetic() => new(
        () => _synthetic.Model,
        (frame, sentinelFirst, cancellationToken) => _threads.LookAsync(() => _synthetic.InspectAsync(frame, sentinelFirst, cancellationToken), cancellationToken));

    /// <summary>A reader for one stream, which reads no more than is asked and holds what does not change. It needs no disposal.</summary>
    /// <param name="demand">Asked before each reading.</param>
    public IDetector OpenText(Func<TextDemand> demand) => new StreamTextReader(_text, demand);

    /// <summary>The models that run.</summary>
    public IReadOnlyList<ModelReference> Models { get; }

    /// <summary>Loads the packs that the options name, runs their selftests and warms them up.</summary>
    /// <param name="options">Valid options (<see cref="DetectionOptions.Validate"/>).</param>
    /// <param name="loggerFactory">For what was loaded.</param>
    /// <exception cref="ModelPackException">A pack was refused; it holds every reason.</exception>
    public static DetectorSet Load(DetectionOptions options, ILoggerFactory loggerFactory)
    {
        var catalog = ModelCatalog.Load(options.ModelsFolder);
        var detector = catalog.Select<SyntheticFrameModel>(options.Detector, "frame-v1");
        var reader = catalog.Select<TextReaderModel>(options.Reader, "ppocr-v4");
        var synthetic = SyntheticFrameDetector.Load(detector, options, loggerFactory.CreateLogger<SyntheticFrameDetector>());
        try
        {
            var text = FrameTextReader.Load(reader, options, loggerFactory.CreateLogger<FrameTextReader>());
            var threads = new LookThreads(Math.Min(options.SyntheticConcurrency, options.Text.Concurrency));
            return new DetectorSet(catalog, synthetic, text, threads, new PicturePrinter(options.SyntheticConcurrency, threads))
            {
                Logos = options.LogosFolder.Length == 0 ? null : LogoFinder.Load(options.LogosFolder, options.SyntheticConcurrency, threads),
            };
        }
        catch (ModelPackException)
        {
            synthetic.Dispose();
            throw;
        }
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
}
