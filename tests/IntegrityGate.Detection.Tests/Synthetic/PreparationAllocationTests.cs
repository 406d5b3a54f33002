using IntegrityGate.Detection.Imaging;
using IntegrityGate.Detection.Models;
using IntegrityGate.Detection.Synthetic;
using IntegrityGate.Detection.Tests.Support;

namespace IntegrityGate.Detection.Tests.Synthetic;

/// <summary>What cutting a frame into views allocates, once a worker has seen the frame's size.</summary>
public sealed class PreparationAllocationTests
{
    private const int FramesAWindow = 10;
    private const int Windows = 5;

    [Theory]
    [InlineData(1920, 1080)]
    [InlineData(720, 1280)]
    [InlineData(320, 180)]
    public void Preparing_a_frame_allocates_nothing_once_its_size_was_seen(int width, int height)
    {
        var model = ModelCatalog.Load(Repository.Models).Select<SyntheticFrameModel>("frame-v1", "");
        var cutter = new ViewCutter(model);
        using var slot = new ViewSlot(model, model.Views.Count, new ResizeAxisCache(), sentinel: 1);
        var pixels = new byte[width * height * 3];
        new Random(3).NextBytes(pixels);
        cutter.Cut(pixels, width, height, slot);

        // The least of some windows: what a frame costs it costs in each, while a trimmed pool or a late compilation may fall into one.
        var least = long.MaxValue;
        for (var window = 0; window < Windows && least > 0; window++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var frame = 0; frame < FramesAWindow; frame++)
                cutter.Cut(pixels, width, height, slot);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }
}
