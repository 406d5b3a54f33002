using IntegrityGate.Core.Frames;

namespace IntegrityGate.Core.Evidence;

/// <summary>
/// Turns a frame into evidence. Shared by all streams and safe to call from many threads; a slow detector limits its own
/// concurrency. It borrows the frame for the time of the call and never disposes it.
/// </summary>
public interface IDetector
{
    /// <summary>The model behind the detector.</summary>
    ModelReference Model { get; }

    /// <summary>Looks at one frame.</summary>
    /// <param name="frame">The decoded picture at native size.</param>
    /// <param name="cancellationToken">Ends the look early.</param>
    /// <returns>The evidence.</returns>
    ValueTask<EvidenceItem> InspectAsync(VideoFrame frame, CancellationToken cancellationToken);
}
