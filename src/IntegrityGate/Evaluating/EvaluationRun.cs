using IntegrityGate.Configuration;
using IntegrityGate.Detection.Models;
using IntegrityGate.Detection.Synthetic;
using IntegrityGate.Evaluating.Cards;
using IntegrityGate.Evaluating.Figures;
using IntegrityGate.Evaluating.Items;
using IntegrityGate.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.Evaluating;

/// <summary>An evaluation from the settings to its figures.</summary>
internal static class EvaluationRun
{
    /// <summary>Loads model and set, measures, and makes the figures.</summary>
    /// <param name="gate">The gate's settings: model, rules, policy, pace of looking.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="EvaluationSetException">The set cannot be used.</exception>
    /// <exception cref="ModelPackException">The model cannot be used.</exception>
    public static async Task<Evaluation> RunAsync(GateOptions gate, EvaluationOptions options, Action<double> progress, CancellationToken cancellationToken)
    {
        var set = EvaluationSet.Load(options.Sets);
        var judges = new JudgeFactory(gate, TimeProvider.System);
        var name = gate.Inspection.Detector;
        var model = ModelCatalog.Load(Composition.FindFolder(gate.Inspection.ModelsFolder)).Select<SyntheticFrameModel>(name.Length == 0 ? null : name, "frame-v1");
        var card = CardFigures.Read(model.DocumentPath);
        using var detector = SyntheticFrameDetector.Load(
            model, Composition.DetectionOf(gate) with { SyntheticConcurrency = options.Jobs }, NullLogger<SyntheticFrameDetector>.Instance);
        if (options.Cascade && !detector.HasSentinel)
            throw new EvaluationSetException([$"--cascade: {model.DocumentPath} names no sentinel (field cascade), or inspection.cascade.enabled is false"]);
        var cascade = options.Cascade ? () => new CascadeDetector(() => detector.Model, detector.InspectAsync) : (Func<CascadeDetector>?)null;
        var measurements = await new Evaluator(options, detector, judges, gate.Inspection.UndecidedInterval, cascade).RunAsync(set, progress, cancellationToken);
        return Summarise(model, detector, card, set, options, judges, measurements);
    }

    private static Evaluation Summarise(
        SyntheticFrameModel model, SyntheticFrameDetector detector, CardFigures? card, EvaluationSet set, EvaluationOptions options, JudgeFactory judges, Measurements measurements)
    {
        var maker = new FigureMaker(model.Levels, model.Calibration, options.Seed);
        var cells = (from exposure in Enum.GetValues<Exposure>()
                     from rate in options.Rates
                     let scores = measurements.Scores.Where(s => s.Item.Exposure == exposure && s.Rate == rate).ToList()
                     where scores.Count > 0
                     select (exposure, rate, scores)).ToList();
        var groups = cells.Select(c => maker.Group(c.exposure, c.rate, c.scores)).ToList();
        return new Evaluation
        {
            Model = detector.Model,
            Variant = detector.Variant,
            Levels = model.Levels,
            Sets = options.Sets,
            Size = (set.Items.Count, set.Duplicates),
            Rates = options.Rates,
            Join = options.Join,
            Seed = options.Seed,
            Groups = groups,
            Sources = [.. cells.SelectMany(c => maker.Sources(c.exposure, c.rate, c.scores))],
            Streams = [.. cells.Select(c => StreamFigureMaker.Of(c.exposure, c.rate, measurements.Streams, judges.Policy.Detector)).OfType<StreamFigures>()],
            Cascade = [.. cells.Select(c => CascadeFigures.Of(c.exposure, c.rate, measurements, model.Levels.Review)).OfType<CascadeFigures>()],
            Card = card is null ? null : CardComparer.Compare(card, groups, measurements.Scores, model.Levels, detector.Variant, options.Seed),
            Advice = options.Budget is { } budget ? LevelAdviser.Advise(budget, measurements, options.Seed) : null,
            Measurements = measurements,
        };
    }
}
