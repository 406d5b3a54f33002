using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Time;
using IntegrityGate.Enforcement.Judging;
using IntegrityGate.Enforcement.Judging.Inputs;
using IntegrityGate.Looking;
using IntegrityGate.Scanning;

namespace IntegrityGate.Evaluating.Trials;

/// <summary>
/// Plays clips to a stream's judge as one stream without a label, a claim or any text, looks when the judge wants a look, and notes
/// when it speaks.
/// </summary>
internal sealed class StreamWitness(Judge judge, IDetector detector)
{
    // The judge reads no clock; when a sample was taken in wall time changes no verdict.
    private static readonly DateTimeOffset s_wall = DateTimeOffset.UnixEpoch;

    private readonly ScanState _scan = new(new Looker(detector, null, () => "", TimeProvider.System));
    private MediaTime? _first;
    private bool _isStamped;

    /// <summary>Frames looked at.</summary>
    public int Looks => _scan.Looks;

    /// <summary>From the first look to the first verdict; null without one.</summary>
    public TimeSpan? ToVerdict { get; private set; }

    /// <summary>From the first look to the first stamp; null without one.</summary>
    public TimeSpan? ToStamp { get; private set; }

    /// <summary>Stamps that began.</summary>
    public int Stamps { get; private set; }

    /// <summary>Sees a frame pass; borrows it.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="offset">What stands before its clip in the stream.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Its score; null when the judge wanted no look.</returns>
    public async ValueTask<SyntheticScore?> SeeAsync(VideoFrame frame, TimeSpan offset, CancellationToken cancellationToken)
    {
        var at = frame.Pts + offset;
        if (!_scan.Wants(at))
            return null;
        var looked = await _scan.Looker.LookAsync(frame, cancellationToken);
        var score = looked.Score! with { At = at };
        // Read, and nothing found: an unlabelled stream, so that every verdict has its consequence.
        var text = new TextReading(at, score.Model!, frame.Width, frame.Height, []);
        var judgement = judge.Apply(new SampleLooked(at, s_wall, score, text, null));
        _scan.Apply(judgement);
        Note(judgement, at);
        return score;
    }

    private void Note(Judgement judgement, MediaTime at)
    {
        var since = at - (_first ??= at);
        if (judgement.Verdict.Tier != Tier.None)
            ToVerdict ??= since;
        if (judgement.Stamp is not null && !_isStamped)
        {
            Stamps++;
            ToStamp ??= since;
        }

        _isStamped = judgement.Stamp is not null;
    }
}
