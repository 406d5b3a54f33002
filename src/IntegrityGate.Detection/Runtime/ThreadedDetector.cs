using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Telemetry;

namespace IntegrityGate.Detection.Runtime;

/// <summary>A detector that works on <see cref="LookThreads"/>, whoever calls it.</summary>
internal sealed class ThreadedDetector(IDetector detector, LookThreads threads) : IDetector
{
    /// <inheritdoc/>
    public ModelReference Model => detector.Model;

    /// <inheritdoc/>
    public ValueTask<EvidenceItem> InspectAsync(VideoFrame frame, CancellationToken cancellationToken) => new(
        Task.Factory.StartNew(
            () => CountAsync(frame, cancellationToken), cancellationToken, TaskCreationOptions.DenyChildAttach, threads).Unwrap());

    private async Task<EvidenceItem> CountAsync(VideoFrame frame, CancellationToken cancellationToken)
    {
        var lap = CpuLap.Start();
        try
        {
            return await detector.InspectAsync(frame, cancellationToken).ConfigureAwait(true);
        }
        finally
        {
            CpuTally.Current?.Add(lap.Elapsed);
        }
    }
}
