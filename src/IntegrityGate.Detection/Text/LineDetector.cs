using IntegrityGate.Core.Frames;
using IntegrityGate.Detection.Imaging;
using IntegrityGate.Detection.Models;
using Microsoft.ML.OnnxRuntime;

namespace IntegrityGate.Detection.Text;

/// <summary>Finds the lines of text on a frame: resize, network, regions of the probability map, grown to whole lines.</summary>
internal sealed class LineDetector(TextReaderModel model, InferenceSession session, TextReaderOptions options)
{
    private readonly PlanarNormaliser _normaliser = new([.. model.DetectionInput.Mean], [.. model.DetectionInput.Std], model.DetectionInput.Reversed);

    /// <summary>Size at which rows of a frame are looked at, px: multiples of the network's step. Whole frames and bands are seen at one scale.</summary>
    /// <param name="width">Frame width, px.</param>
    /// <param name="height">Frame height, px.</param>
    /// <param name="rows">How many of its rows.</param>
    public (int Width, int Height) InputSize(int width, int height, int rows)
    {
        var scale = Math.Min((double)options.DetectionShortSide / Math.Min(width, height), (double)options.DetectionLongSideMax / Math.Max(width, height));
        return (Side(width * scale), Side(rows * scale));

        int Side(double length) => Math.Max((int)Math.Round(length / model.SizeMultiple), 1) * model.SizeMultiple;
    }

    /// <summary>Prepares the network's input in the slot.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="band">Which rows of it.</param>
    /// <param name="slot">Buffers.</param>
    public void Prepare(VideoFrame frame, RowBand band, TextSlot slot)
    {
        var (inputWidth, inputHeight) = InputSize(frame.Width, frame.Height, band.Height);
        var pixels = frame.Pixels.Slice(band.Top * frame.Width * 3, band.Height * frame.Width * 3);
        slot.Resizer.Resize(pixels, frame.Width, band.Height, slot.Small, inputWidth, inputHeight);
        var tensor = slot.DetectionTensor(inputWidth * inputHeight * 3);
        _normaliser.Write(slot.Small.Pixels, inputWidth, 0, 0, inputWidth, inputHeight, tensor.Span, inputWidth, inputHeight);
    }

    /// <summary>Runs the network on the prepared input and returns the lines, frame px; those that a band's inner edge may cut are left out.</summary>
    public List<RotatedBox> Detect(VideoFrame frame, RowBand band, TextSlot slot)
    {
        var (inputWidth, inputHeight) = (slot.Small.Width, slot.Small.Height);
        using var run = new RunOptions();
        using var input = OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance, slot.DetectionTensor(inputWidth * inputHeight * 3), [1, 3, inputHeight, inputWidth]);
        using var outputs = session.Run(run, [model.DetectionInput.Name], [input], [model.DetectionOutput]);
        var map = outputs[0].GetTensorDataAsSpan<float>();
        if (map.Length != inputWidth * inputHeight)
            throw new ModelPackException([$"{model.DocumentPath}: detection.output: {map.Length} values for {inputWidth} x {inputHeight} px, must be one a px"]);
        var lines = new List<RotatedBox>();
        foreach (var region in slot.Regions.Find(map, inputWidth, inputHeight, model.BinaryThreshold, model.BoxThreshold))
        {
            var box = region.Box;
            var grown = box.Grow(box.Width * box.Height * model.UnclipRatio / (2 * (box.Width + box.Height)));
            var line = grown.Scale((double)frame.Width / inputWidth, (double)band.Height / inputHeight);
            var bounds = line.Bounds;
            if ((band.Top > 0 && bounds.Y < 0) || (band.Bottom < frame.Height && bounds.Bottom > band.Height))
                continue;
            lines.Add(line with { CentreY = line.CentreY + band.Top });
        }

        return lines;
    }
}
