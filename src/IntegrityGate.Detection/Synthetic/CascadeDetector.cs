using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;

namespace IntegrityGate.Detection.Synthetic;

/// <summary>
/// Scores one stream's frames with a shared detector, no harder than the stream calls for: with the sentinel first while nothing
/// speaks against the stream, with all views else. One look at a time.
/// </summary>
/// <param name="model">The model behind the shared detector.</param>
/// <param name="inspect">The shared detector: frame, true for the sentinel first, cancellation.</param>
public sealed class CascadeDetector(Func<ModelReference> model, Func<VideoFrame, bool, CancellationToken, ValueTask<EvidenceItem>> inspect) : IDetector
{
    private int _sentinelFirst;

    /// <inheritdoc/>
    public ModelReference Model => model();

    /// <summary>Whether the next frame is first scored by the sentinel; false at first, since nothing is known of the stream.</summary>
    public bool SentinelFirst
    {
        get => Volatile.Read(ref _sentinelFirst) != 0;
        set => Volatile.Write(ref _sentinelFirst, value ? 1 : 0);
    }

    /// <inheritdoc/>
    public ValueTask<EvidenceItem> InspectAsync(VideoFrame frame, CancellationToken cancellationToken) => inspect(frame, SentinelFirst, cancellationToken);
}
