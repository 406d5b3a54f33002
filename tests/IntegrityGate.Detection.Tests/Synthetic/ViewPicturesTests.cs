using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Time;
using IntegrityGate.Detection.Models;
using IntegrityGate.Detection.Synthetic;
using IntegrityGate.Detection.Tests.Support;

namespace IntegrityGate.Detection.Tests.Synthetic;

public sealed class ViewPicturesTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Views_show_the_pixels_of_the_frame_in_their_colours(bool reversed)
    {
        var model = (SyntheticFrameModel)ModelPackReader.Read(File.ReadAllBytes(Path.Combine(Repository.Models, "frame-v1", "model.json")), Path.Combine(Repository.Models, "frame-v1"), [])!;
        model = model with { Input = model.Input with { Reversed = reversed } };
        using var frame = new VideoFrame(new MediaTime(40), 640, 360);
        for (var i = 0; i < frame.Width * frame.Height; i++)
            (frame.Pixels[i * 3], frame.Pixels[(i * 3) + 1], frame.Pixels[(i * 3) + 2]) = ((byte)(i % 640 / 3), (byte)(i / 640 / 2), (byte)((i % 640) + (i / 640)));

        var views = ViewPictures.Cut(model, frame);
        Assert.Equal(["global-a", "global-b", "local-a", "local-b"], model.Views.Select(v => v.Name));
        Assert.Equal(4, views.Count);
        Assert.All(views, v => Assert.Equal((224, 224), (v.Width, v.Height)));

        // local-a: cut from the frame as it is, centred on the short axis, at a quarter of the free range of the long one.
        var (left, top) = ((640 - 224) / 4, (360 - 224) / 2);
        foreach (var (x, y) in ((int, int)[])[(0, 0), (223, 0), (17, 101), (223, 223)])
        {
            var seen = views[2].Pixels.Slice(((y * 224) + x) * 3, 3).ToArray();
            Assert.Equal(frame.Pixels.Slice((((top + y) * 640) + left + x) * 3, 3).ToArray(), seen);
        }

        foreach (var view in views)
            view.Dispose();
    }
}
