using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Streams;
using IntegrityGate.Detection.Synthetic;
using IntegrityGate.Evaluating.Items;
using IntegrityGate.Hosting;
using IntegrityGate.Media.Decoding;
using IntegrityGate.Media.Rates;

namespace IntegrityGate.Evaluating.Trials;

/// <summary>Publishes the clips of a stream at a rate, and has them looked at and judged as a live stream is.</summary>
/// <param name="encoder">Publishes.</param>
/// <param name="detector">Scores.</param>
/// <param name="judges">The judges of live streams.</param>
/// <param name="grid">Media time between frames that may be looked at.</param>
/// <param name="work">Folder for a clip under way.</param>
/// <param name="cascade">Opens a detector that scores with the sentinel first, for a second judge beside the first; null for none.</param>
internal sealed class ClipTrial(RateEncoder encoder, IDetector detector, JudgeFactory judges, TimeSpan grid, string work, Func<CascadeDetector>? cascade = null)
{
    /// <summary>Runs it.</summary>
    /// <param name="plan">The stream.</param>
    /// <param name="shortSides">Short side of each of its clips, px.</param>
    /// <param name="rate">The rate.</param>
    /// <param name="leastSide">The short side that a clip must have, px.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A score for each clip, and the stream's trial; no trial when no clip could be looked at.</returns>
    public async Task<(IReadOnlyList<ItemScore> Scores, StreamTrial? Trial)> RunAsync(
        StreamPlan plan, IReadOnlyList<int> shortSides, StreamRate rate, int leastSide, CancellationToken cancellationToken)
    {
        var witness = new StreamWitness(judges.Create(new StreamId("trial"), "trial"), detector);
        var second = cascade is null ? null : new StreamWitness(judges.Create(new StreamId("trial"), "trial"), cascade());
        var scores = new List<ItemScore>();
        var played = 0;
        var offset = TimeSpan.Zero;
        for (var i = 0; i < plan.Clips.Count; i++)
        {
            var clip = plan.Clips[i];
            if (shortSides[i] < leastSide)
            {
                scores.Add(ItemScore.Without(clip, rate, LookOutcome.TooSmall, $"its short side is {shortSides[i]} px"));
                continue;
            }

            var (score, length) = await PlayAsync(clip, rate, witness, second, offset, cancellationToken);
            scores.Add(score.Outcome == LookOutcome.Scored ? score with { Note = ItemScore.OwnSize(shortSides[i], rate) } : score);
            offset += length;
            played += score.Outcome == LookOutcome.Failed ? 0 : 1;
        }

        var first = plan.Clips[0];
        StreamTrial Trial(StreamWitness of) => new(first, played, rate, offset, of.Looks, of.ToVerdict, of.ToStamp, of.Stamps);
        return (scores, played == 0 ? null : Trial(witness) with { Cascade = second is null ? null : Trial(second) });
    }

    private async Task<(ItemScore Score, TimeSpan Length)> PlayAsync(
        EvaluationItem clip, StreamRate rate, StreamWitness witness, StreamWitness? second, TimeSpan offset, CancellationToken cancellationToken)
    {
        var file = Path.Combine(work, Guid.NewGuid().ToString("N") + ".flv");
        try
        {
            await encoder.EncodeClipAsync(clip.Path, rate, file, cancellationToken);
            var length = (await new MediaProbe().ReadAsync(file, cancellationToken)).Duration;
            var looks = new List<SyntheticScore>();
            var quick = new List<SyntheticScore>();
            await foreach (var frame in new FileFrameSource().ReadAsync(file, grid, cancellationToken))
            {
                using (frame)
                {
                    if (await witness.SeeAsync(frame, offset, cancellationToken) is { } look)
                        looks.Add(look);
                    if (second is not null && await second.SeeAsync(frame, offset, cancellationToken) is { } other)
                        quick.Add(other);
                    if (frame.Pts.ToTimeSpan() > length)
                        length = frame.Pts.ToTimeSpan();
                }
            }

            var inScope = looks.Where(look => look.OutOfScope is null).Select(look => look.Score).ToList();
            return (inScope.Count > 0
                ? new ItemScore(clip, rate, LookOutcome.Scored, inScope.Average(), inScope.Count, null) { Cascade = Mean(quick) }
                : ItemScore.Without(clip, rate, LookOutcome.OutOfScope, looks.Count > 0 ? looks[0].OutOfScope! : "no frame of it was looked at"), length);
        }
        catch (MediaUnreadableException exception)
        {
            return (ItemScore.Without(clip, rate, LookOutcome.Failed, exception.Message), TimeSpan.Zero);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static CascadeScore? Mean(List<SyntheticScore> looks)
    {
        var inScope = looks.Where(look => look.OutOfScope is null).ToList();
        return inScope.Count == 0 ? null : new CascadeScore(inScope.Average(look => look.Score), inScope.Average(look => look.ViewScores.Count));
    }
}
