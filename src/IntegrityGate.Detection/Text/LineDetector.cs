using IntegrityGate.Detection.Imaging;
using IntegrityGate.Detection.Models;
using Microsoft.ML.OnnxRuntime;

namespace IntegrityGate.Detection.Text;

/// <summary>Finds the lines of text on a frame: resize, network, regions of the probability map, grown to whole lines.</summary>
internal sealed class LineDetector(TextReaderModel model, InferenceSession session, TextReaderOptions options)
{
    private readonly PlanarNormaliser _normaliser = new([.. model.DetectionInput.Mean], [.. model.DetectionInput.Std], model.DetectionInput.Reversed);

    /// <summary>Size at which a frame is looked at, px: multiples of the network's step.</summary>
    public (int Width, int Height) InputSize(int width, int height)
    {
        var scale = Math.Min((double)options.DetectionShortSide / Math.Min(width, height), (double)options.DetectionLongSideMax / Math.Max(width, height));
        return (Side(width * scale), Side(height * scale));

        int Side(double length) => Math.Max((int)Math.Round(length / model.SizeMultiple), 1) * model.SizeMultiple;
    }

    /// <summary>Prepares the network's input in the slot.</summary>
    public void Prepare(ReadOnlySpan<byte> pixels, int width, int height, TextSlot slot)
    {
        var (inputWidth, inputHeight) = InputSize(width, height);
        slot.Resizer.Resize(pixels, width, height, slot.Small, inputWidth, inputHeight);
        var tensor = slot.DetectionTensor(inputWidth * inputHeight * 3);
        _normaliser.Write(slot.Small.Pixels, inputWidth, 0, 0, inputWidth, inputHeight, tensor.Span, inputWidth, inputHeight);
    }

    /// <summary>Runs the network on the prepared input and returns the lines, frame px.</summary>
    public List<RotatedBox> Detect(int width, int height, TextSlot slot)
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
            lines.Add(grown.Scale((double)width / inputWidth, (double)height / inputHeight));
        }

        return lines;
    }
}
