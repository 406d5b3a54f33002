using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;

namespace IntegrityGate.Detection.Runtime;

/// <summary>Looks with whatever detector is in force when the look begins.</summary>
internal sealed class SeatedDetector<TDetector>(ModelSeat<TDetector> seat) : IDetector
    where TDetector : class, IDetector, IDisposable
{
    /// <inheritdoc/>
    public ModelReference Model => seat.InForce.Model;

    /// <inheritdoc/>
    public async ValueTask<EvidenceItem> InspectAsync(VideoFrame frame, CancellationToken cancellationToken)
    {
        var held = seat.Hold();
        try
        {
            return await held.Detector.InspectAsync(frame, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            held.Release();
        }
    }
}
