using IntegrityGate.Core.Frames;
using IntegrityGate.Detection.Imaging;
using IntegrityGate.Detection.Models;

namespace IntegrityGate.Detection.Synthetic;

/// <summary>The views of a frame as pictures: the very pixels that the network was given, for a person who asks why it said so.</summary>
public static class ViewPictures
{
    /// <summary>Cuts a frame's views.</summary>
    /// <param name="model">The model whose views they are.</param>
    /// <param name="frame">The frame; borrowed.</param>
    /// <returns>A picture of the input's size a view, in the model's order; the caller owns them.</returns>
    public static IReadOnlyList<VideoFrame> Cut(SyntheticFrameModel model, VideoFrame frame)
    {
        using var slot = new ViewSlot(model, model.Views.Count, new ResizeAxisCache());
        new ViewCutter(model).Cut(frame.Pixels, frame.Width, frame.Height, slot);
        var (width, height) = (model.Input.Width, model.Input.Height);
        var plane = width * height;
        var pictures = new List<VideoFrame>();
        for (var view = 0; view < model.Views.Count; view++)
        {
            var picture = new VideoFrame(frame.Pts, width, height);
            var pixels = picture.Pixels;
            for (var c = 0; c < 3; c++)
            {
                // Planes lie in the network's order; mean and deviation belong to the plane.
                var at = model.Input.Reversed ? 2 - c : c;
                var values = slot.Tensor.AsSpan(((view * 3) + at) * plane, plane);
                for (var i = 0; i < plane; i++)
                    pixels[(i * 3) + c] = (byte)Math.Clamp(Math.Round((values[i] * model.Input.Std[at]) + model.Input.Mean[at]), 0, 255);
            }

            pictures.Add(picture);
        }

        return pictures;
    }
}
