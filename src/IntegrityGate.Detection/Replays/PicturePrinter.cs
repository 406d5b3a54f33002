using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Telemetry;
using IntegrityGate.Core.Time;
using IntegrityGate.Detection.Imaging;
using IntegrityGate.Detection.Runtime;

namespace IntegrityGate.Detection.Replays;

/// <summary>Makes prints of frames; shared by all streams.</summary>
public sealed class PicturePrinter : IDisposable
{
    private const int Kept = 16;

    private readonly SlotPool<PrintSlot> _slots;
    private readonly TaskScheduler _threads;

    /// <param name="concurrency">Prints made at a time, 1 or more; a print uses one thread.</param>
    /// <param name="threads">Where they are made; null for the thread pool.</param>
    public PicturePrinter(int concurrency, TaskScheduler? threads = null)
    {
        var axes = new ResizeAxisCache();
        _slots = new SlotPool<PrintSlot>(concurrency, () => new PrintSlot(axes));
        _threads = threads ?? TaskScheduler.Default;
    }

    /// <summary>Makes the print of a frame; borrows it.</summary>
    public ValueTask<PicturePrint> PrintAsync(VideoFrame frame, CancellationToken cancellationToken) =>
        new(Task.Factory.StartNew(() => TakeAsync(frame, cancellationToken), cancellationToken, TaskCreationOptions.DenyChildAttach, _threads).Unwrap());

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();

    private async Task<PicturePrint> TakeAsync(VideoFrame frame, CancellationToken cancellationToken)
    {
        var slot = await _slots.TakeAsync(cancellationToken).ConfigureAwait(true);
        var lap = CpuLap.Start();
        try
        {
            return Print(frame.Pts, frame.Pixels, frame.Width, frame.Height, slot);
        }
        finally
        {
            CpuTally.Current?.Add(lap.Elapsed);
            _slots.Give(slot);
        }
    }

    private static PicturePrint Print(MediaTime at, ReadOnlySpan<byte> pixels, int width, int height, PrintSlot slot)
    {
        Span<float> frequencies = stackalloc float[Kept * Kept];
        LumaTransform.Lowest(pixels, width, height, slot.Resizer, slot.Thumb, Kept, frequencies);
        Span<ulong> hash = stackalloc ulong[Kept * Kept / 64];
        LumaTransform.Sign(frequencies, hash);

        const int Side = PicturePrint.Side;
        var points = new byte[Side * Side];
        for (var y = 0; y < Side; y++)
        {
            var row = ((2 * y) + 1) * height / (2 * Side) * width;
            for (var x = 0; x < Side; x++)
            {
                var at3 = (row + (((2 * x) + 1) * width / (2 * Side))) * 3;
                // BT.601 weights in 256ths.
                points[(y * Side) + x] = (byte)(((pixels[at3] * 77) + (pixels[at3 + 1] * 150) + (pixels[at3 + 2] * 29)) >> 8);
            }
        }

        return new PicturePrint(at, new PictureHash(hash[0], hash[1], hash[2], hash[3]), points);
    }
}
