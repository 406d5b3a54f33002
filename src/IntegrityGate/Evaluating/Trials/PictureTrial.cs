using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Streams;
using IntegrityGate.Detection.Synthetic;
using IntegrityGate.Evaluating.Items;
using IntegrityGate.Media.Decoding;
using IntegrityGate.Media.Rates;

namespace IntegrityGate.Evaluating.Trials;

/// <summary>Publishes a picture as an IDR at a rate and has it decoded and scored as a sample of a live stream is.</summary>
/// <param name="encoder">Publishes.</param>
/// <param name="decoder">Decodes.</param>
/// <param name="detector">Scores with all views.</param>
/// <param name="cascade">Opens a detector that scores with the sentinel first, whose answer is put beside; null for none.</param>
internal sealed class PictureTrial(RateEncoder encoder, DecodePool decoder, IDetector detector, Func<CascadeDetector>? cascade = null)
{
    /// <summary>Runs it.</summary>
    /// <param name="item">The picture.</param>
    /// <param name="shortSide">Its short side, px.</param>
    /// <param name="rate">The rate.</param>
    /// <param name="leastSide">The short side that it must have, px.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ItemScore> RunAsync(EvaluationItem item, int shortSide, StreamRate rate, int leastSide, CancellationToken cancellationToken)
    {
        if (shortSide < leastSide)
            return ItemScore.Without(item, rate, LookOutcome.TooSmall, $"its short side is {shortSide} px");
        try
        {
            using var encoded = await encoder.EncodePictureAsync(item.Path, rate, cancellationToken);
            // A stream of its own: the pool keeps only the newest request of a stream, and counts a stream's crashes.
            var request = new DecodeRequest(new StreamId(Guid.NewGuid().ToString("N")), encoded.Header, [encoded.Picture]);
            var result = await decoder.DecodeAsync(request, cancellationToken);
            if (result is not DecodeResult.Decoded { Frame: var frame })
                return ItemScore.Without(item, rate, LookOutcome.Failed, ((DecodeResult.Failed)result).Reason);
            using (frame)
            {
                var score = (SyntheticScore)await detector.InspectAsync(frame, cancellationToken);
                return score.OutOfScope is { } why
                    ? ItemScore.Without(item, rate, LookOutcome.OutOfScope, why)
                    : new ItemScore(item, rate, LookOutcome.Scored, score.Score, 1, ItemScore.OwnSize(shortSide, rate))
                    {
                        Views = score.ViewScores,
                        Cascade = await CascadeAsync(frame, cancellationToken),
                    };
            }
        }
        catch (MediaUnreadableException exception)
        {
            return ItemScore.Without(item, rate, LookOutcome.Failed, exception.Message);
        }
    }

    // As a frame of a stream that was clean so far: what a cascade can lose, it loses there.
    private async Task<CascadeScore?> CascadeAsync(VideoFrame frame, CancellationToken cancellationToken)
    {
        if (cascade is null)
            return null;
        var detector = cascade();
        detector.SentinelFirst = true;
        var score = (SyntheticScore)await detector.InspectAsync(frame, cancellationToken);
        return new CascadeScore(score.Score, score.ViewScores.Count);
    }
}
