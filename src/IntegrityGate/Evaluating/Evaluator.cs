using IntegrityGate.Core.Evidence;
using IntegrityGate.Detection.Synthetic;
using IntegrityGate.Evaluating.Items;
using IntegrityGate.Evaluating.Trials;
using IntegrityGate.Hosting;
using IntegrityGate.Media.Decoding;
using IntegrityGate.Media.Rates;
using Microsoft.Extensions.Logging.Abstractions;
using SkiaSharp;

namespace IntegrityGate.Evaluating;

/// <summary>
/// Puts every item of a set through the live path at every rate. What it holds grows by one small record an item and rate; frames
/// live for one look, and a clip's file for one trial.
/// </summary>
/// <param name="options">Rates, joining, concurrency.</param>
/// <param name="detector">The model, as live streams use it.</param>
/// <param name="judges">The judges of live streams.</param>
/// <param name="grid">Media time between frames of a clip that may be looked at.</param>
/// <param name="cascade">Opens a detector that scores with the sentinel first, to be put beside; null for none.</param>
internal sealed class Evaluator(EvaluationOptions options, IDetector detector, JudgeFactory judges, TimeSpan grid, Func<CascadeDetector>? cascade = null)
{
    /// <summary>A clip takes about as long as this many pictures; for the progress bar only.</summary>
    private const int ClipWeight = 10;

    // A busy machine must not turn slowness into a failure; a hang still ends.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs it.</summary>
    /// <param name="set">The items.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Measurements> RunAsync(EvaluationSet set, Action<double> progress, CancellationToken cancellationToken)
    {
        var work = Directory.CreateTempSubdirectory("integritygate-eval-");
        try
        {
            await using var decoder = new DecodePool(
                new DecodePoolOptions { Workers = options.Jobs, Niceness = 0, RequestTimeout = s_patience, StartTimeout = s_patience }, TimeProvider.System, NullLogger<DecodePool>.Instance);
            var encoder = new RateEncoder();
            var pictures = new PictureTrial(encoder, decoder, detector, cascade);
            var clips = new ClipTrial(encoder, detector, judges, grid, work.FullName, cascade);
            var (plans, unreadable) = await PlanAsync(set, cancellationToken);

            var stills = set.Items.Where(item => !item.IsClip).ToList();
            var stillScores = new ItemScore[stills.Count * options.Rates.Count];
            var clipScores = new (IReadOnlyList<ItemScore> Scores, StreamTrial? Trial)[plans.Count * options.Rates.Count];
            var all = (double)stillScores.Length + ((long)clipScores.Length * ClipWeight);
            long done = 0;
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Jobs, CancellationToken = cancellationToken };
            // Clips first: a long one at the end would leave the other cores idle.
            await Parallel.ForAsync(0, clipScores.Length, parallel, async (i, ct) =>
            {
                var (plan, sides) = plans[i / options.Rates.Count];
                var rate = options.Rates[i % options.Rates.Count];
                clipScores[i] = await clips.RunAsync(plan, sides, rate, options.LeastShortSide(rate), ct);
                progress(Interlocked.Add(ref done, ClipWeight) / all);
            });
            await Parallel.ForAsync(0, stillScores.Length, parallel, async (i, ct) =>
            {
                var item = stills[i / options.Rates.Count];
                var rate = options.Rates[i % options.Rates.Count];
                stillScores[i] = SizeOf(item) is { } side
                    ? await pictures.RunAsync(item, side, rate, options.LeastShortSide(rate), ct)
                    : ItemScore.Without(item, rate, LookOutcome.Failed, "it is no picture that can be read");
                progress(Interlocked.Increment(ref done) / all);
            });
            return new Measurements([.. unreadable, .. clipScores.SelectMany(c => c.Scores), .. stillScores], [.. clipScores.Select(c => c.Trial).OfType<StreamTrial>()]);
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static int? SizeOf(EvaluationItem picture)
    {
        using var codec = SKCodec.Create(picture.Path);
        return codec is null ? null : Math.Min(codec.Info.Width, codec.Info.Height);
    }

    private async Task<(List<(StreamPlan Plan, IReadOnlyList<int> ShortSides)> Plans, List<ItemScore> Unreadable)> PlanAsync(
        EvaluationSet set, CancellationToken cancellationToken)
    {
        var probe = new MediaProbe();
        var clips = new List<(EvaluationItem Clip, TimeSpan Duration)>();
        var sides = new Dictionary<EvaluationItem, int>();
        var unreadable = new List<ItemScore>();
        foreach (var clip in set.Items.Where(item => item.IsClip))
        {
            try
            {
                var media = await probe.ReadAsync(clip.Path, cancellationToken);
                if (media.VideoCodec is null)
                    throw new MediaUnreadableException("It has no video.");
                clips.Add((clip, media.Duration));
                sides[clip] = Math.Min(media.Width, media.Height);
            }
            catch (MediaUnreadableException exception)
            {
                unreadable.AddRange(options.Rates.Select(rate => ItemScore.Without(clip, rate, LookOutcome.Failed, exception.Message)));
            }
        }

        return ([.. StreamPlan.Of(clips, options.Join).Select(plan => (plan, (IReadOnlyList<int>)[.. plan.Clips.Select(clip => sides[clip])]))], unreadable);
    }
}
