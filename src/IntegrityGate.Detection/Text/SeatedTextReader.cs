using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Detection.Runtime;

namespace IntegrityGate.Detection.Text;

/// <summary>
/// One stream's reader over whatever reader is in force: what was held of the text goes with the model that read it, and the first
/// reading of another model is a whole one. One look at a time.
/// </summary>
/// <param name="seat">The reader in force.</param>
/// <param name="demand">What the next reading is for.</param>
internal sealed class SeatedTextReader(ModelSeat<FrameTextReader> seat, Func<TextDemand> demand) : IDetector
{
    private FrameTextReader? _reader;
    private StreamTextReader? _stream;

    /// <inheritdoc/>
    public ModelReference Model => seat.InForce.Model;

    /// <inheritdoc/>
    public async ValueTask<EvidenceItem> InspectAsync(VideoFrame frame, CancellationToken cancellationToken)
    {
        var held = seat.Hold();
        try
        {
            if (_stream is null || _reader != held.Detector)
            {
                _reader = held.Detector;
                _stream = new StreamTextReader(_reader, demand);
            }

            return await _stream.InspectAsync(frame, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            held.Release();
        }
    }
}
