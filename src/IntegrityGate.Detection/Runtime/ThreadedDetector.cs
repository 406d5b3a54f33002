using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;

namespace IntegrityGate.Detection.Runtime;

/// <summary>A detector that works on <see cref="LookThreads"/>, whoever calls it.</summary>
internal sealed class ThreadedDetector(IDetector detector, LookThreads threads) : IDetector
{
    /// <inheritdoc/>
    public ModelReference Model => detector.Model;

    /// <inheritdoc/>
    public ValueTask<EvidenceItem> InspectAsync(VideoFrame frame, CancellationToken cancellationToken) =>
        threads.LookAsync(() => detector.InspectAsync(frame, cancellationToken), cancellationToken);
}
