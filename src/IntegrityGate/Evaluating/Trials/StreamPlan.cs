using IntegrityGate.Evaluating.Items;

namespace IntegrityGate.Evaluating.Trials;

/// <summary>Clips that are played one after another as one stream.</summary>
/// <param name="Clips">At least one; all of one class, source and exposure.</param>
/// <param name="Duration">Their length.</param>
internal sealed record StreamPlan(IReadOnlyList<EvaluationItem> Clips, TimeSpan Duration)
{
    /// <summary>
    /// Makes streams of clips: each clip is one, or, with a least length, clips of a source follow each other until it is reached.
    /// What is left over at a source's end joins its last stream.
    /// </summary>
    /// <param name="clips">Clips with their lengths.</param>
    /// <param name="least">Least length of a stream; zero to join nothing.</param>
    public static IReadOnlyList<StreamPlan> Of(IEnumerable<(EvaluationItem Clip, TimeSpan Duration)> clips, TimeSpan least)
    {
        var plans = new List<StreamPlan>();
        foreach (var source in clips.GroupBy(c => (c.Clip.IsSynthetic, c.Clip.Source, c.Clip.Exposure)))
        {
            var own = new List<StreamPlan>();
            foreach (var (clip, duration) in source)
            {
                if (own.Count > 0 && own[^1].Duration < least)
                    own[^1] = new StreamPlan([.. own[^1].Clips, clip], own[^1].Duration + duration);
                else
                    own.Add(new StreamPlan([clip], duration));
            }

            if (own.Count > 1 && own[^1].Duration < least)
            {
                own[^2] = new StreamPlan([.. own[^2].Clips, .. own[^1].Clips], own[^2].Duration + own[^1].Duration);
                own.RemoveAt(own.Count - 1);
            }

            plans.AddRange(own);
        }

        return plans;
    }
}
