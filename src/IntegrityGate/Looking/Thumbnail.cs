using IntegrityGate.Core.Frames;
using IntegrityGate.Detection.Pictures;

namespace IntegrityGate.Looking;

/// <summary>The newest inspected frame, small, for the page; drawn at most once in two seconds.</summary>
internal sealed class Thumbnail(TimeProvider time)
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(2);

    private long _drawn;
    private Picture? _picture;

    /// <summary>A JPEG and the number of its making.</summary>
    /// <param name="Jpeg">The file.</param>
    /// <param name="Version">Counts up from 1.</param>
    public sealed record Picture(ReadOnlyMemory<byte> Jpeg, int Version);

    /// <summary>The newest picture; null before the first.</summary>
    public Picture? Current => Volatile.Read(ref _picture);

    /// <summary>Shows a frame; borrows it.</summary>
    public void Offer(VideoFrame frame)
    {
        if (_picture is not null && time.GetElapsedTime(_drawn) < s_every)
            return;
        _drawn = time.GetTimestamp();
        Volatile.Write(ref _picture, new Picture(FrameJpeg.EncodeThumbnail(frame, maxLongSide: 480), (_picture?.Version ?? 0) + 1));
    }
}
