using System.Globalization;
using IntegrityGate.Detection.Models;
using Microsoft.ML.OnnxRuntime;

namespace IntegrityGate.Detection.Synthetic;

/// <summary>
/// Runs the selftest of a model.json: inputs made by a formula straight into the network, and one 1920 x 1080 frame through the
/// views. Notices a wrong runtime, file, layout, resize or crop before a stream is judged by it.
/// </summary>
internal static class SyntheticSelftest
{
    private const int FrameWidth = 1920;
    private const int FrameHeight = 1080;

    /// <summary>Runs it.</summary>
    /// <returns>What deviates by more than its tolerance, each with JSON path and both numbers; empty when all is well.</returns>
    public static IReadOnlyList<string> Run(SyntheticFrameModel model, ModelFile file, InferenceSession session, ViewSlot slot, ViewCutter cutter)
    {
        var expected = model.Selftest[file.Key];
        var errors = new List<string>();
        var path = $"{model.DocumentPath}: selftest.expected.{file.Key}";
        Compare($"{path}.inputs", RunInputs(model, session, expected.Inputs.Count), expected.Inputs, expected.InputTolerance, errors);
        cutter.Cut(CreateFrame(), FrameWidth, FrameHeight, slot);
        slot.All.Run(session);
        Compare($"{path}.frame", slot.Logits, expected.Frame, expected.FrameTolerance, errors);
        if (slot is { Sentinel: { } sentinel, Others: { } others })
        {
            // The same answers in two runs: weights that are quantised by what else is in the batch would give others.
            slot.Logits.AsSpan().Clear();
            sentinel.Run(session);
            others.Run(session);
            Compare($"{path}.frame in two runs", slot.Logits, expected.Frame, expected.FrameTolerance, errors);
        }

        return errors;
    }

    private static float[] RunInputs(SyntheticFrameModel model, InferenceSession session, int count)
    {
        var (width, height) = (model.Input.Width, model.Input.Height);
        using var slot = new ViewSlot(model, count, new Imaging.ResizeAxisCache());
        for (var k = 0; k < count; k++)
        {
            for (var c = 0; c < 3; c++)
            {
                var plane = slot.Tensor.AsSpan(((k * 3) + (model.Input.Reversed ? 2 - c : c)) * width * height, width * height);
                for (var i = 0; i < plane.Length; i++)
                {
                    var value = ((i % width) * (k + 1)) + ((i / width) * (3 - k)) + (37 * c);
                    plane[i] = (float)((((value % 256) + 256) % 256 - model.Input.Mean[c]) / model.Input.Std[c]);
                }
            }
        }

        slot.All.Run(session);
        return slot.Logits;
    }

    private static byte[] CreateFrame()
    {
        var pixels = new byte[FrameWidth * FrameHeight * 3];
        for (var c = 0; c < 3; c++)
        {
            for (var y = 0; y < FrameHeight; y++)
            {
                var down = 60 * Math.Cos(2 * Math.PI * y / (120 + (30 * c)));
                for (var x = 0; x < FrameWidth; x++)
                {
                    var value = 128 + (60 * Math.Sin(2 * Math.PI * x / (160 + (40 * c)))) + down;
                    pixels[(((y * FrameWidth) + x) * 3) + c] = (byte)Math.Clamp(Math.Round(value), 0, 255);
                }
            }
        }

        return pixels;
    }

    private static void Compare(string path, ReadOnlySpan<float> actual, IReadOnlyList<double> expected, double tolerance, List<string> errors)
    {
        for (var i = 0; i < expected.Count; i++)
        {
            // Written so that NaN fails.
            if (!(Math.Abs(actual[i] - expected[i]) <= tolerance))
                errors.Add(string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]: the network answers {actual[i]:0.####}, must be {expected[i]:0.####} ± {tolerance:0.####}"));
        }
    }
}
