using IntegrityGate.Core.Time;

namespace IntegrityGate.Core.Evidence;

/// <summary>What is kept of a picture to recognise it when it comes again, and to see whether it stands still.</summary>
/// <param name="At">Presentation time of the frame.</param>
/// <param name="Hash">For recognising it among thousands.</param>
/// <param name="Points">Luma of <see cref="Side"/> x <see cref="Side"/> single pixels on an even grid, row by row: unlike a shrunk picture they keep a camera's noise.</param>
public sealed record PicturePrint(MediaTime At, PictureHash Hash, ReadOnlyMemory<byte> Points) : EvidenceItem(At, null)
{
    /// <summary>Points along each side.</summary>
    public const int Side = 64;
}
