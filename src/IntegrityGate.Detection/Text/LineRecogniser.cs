using IntegrityGate.Detection.Imaging;
using IntegrityGate.Detection.Models;
using Microsoft.ML.OnnxRuntime;

namespace IntegrityGate.Detection.Text;

/// <summary>Reads cut lines: resized to the recogniser's height, batched by like width, padded on the right, decoded.</summary>
internal sealed class LineRecogniser(TextReaderModel model, InferenceSession session, CharacterSet characters, TextReaderOptions options)
{
    /// <summary>Widths are rounded up to this, px, so that lines of nearly the same width run together.</summary>
    private const int WidthStep = 32;

    /// <summary>
    /// A batch never holds more px across than this: 2,560. It bounds the network's output (one step of 6,625 classes every 8 px:
    /// 8.5 MB).
    /// </summary>
    private const int BatchWidthMax = 2560;

    private readonly PlanarNormaliser _normaliser = new([.. model.RecognitionInput.Mean], [.. model.RecognitionInput.Std], model.RecognitionInput.Reversed);

    /// <summary>Reads lines.</summary>
    /// <param name="lines">Crops, one line each, read from left to right.</param>
    /// <param name="slot">Buffers.</param>
    /// <param name="cancellationToken">Looked at between batches.</param>
    /// <returns>One text a crop, in their order.</returns>
    public RecognisedText[] Recognise(IReadOnlyList<RgbPicture> lines, TextSlot slot, CancellationToken cancellationToken)
    {
        var texts = new RecognisedText[lines.Count];
        var order = Enumerable.Range(0, lines.Count).OrderBy(i => Width(lines[i])).ToArray();
        for (var start = 0; start < order.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var end = start + 1;
            // Padding is work too: a batch takes lines up to a third wider than its first.
            while (end < order.Length && end - start < options.RecognitionBatch
                && Width(lines[order[end]]) * (end - start + 1) <= BatchWidthMax
                && Padded(Width(lines[order[end]])) * 3 <= Padded(Width(lines[order[start]])) * 4)
                end++;
            RunBatch(lines, order.AsSpan(start, end - start), slot, texts);
            start = end;
        }

        return texts;
    }

    private void RunBatch(IReadOnlyList<RgbPicture> lines, ReadOnlySpan<int> batch, TextSlot slot, RecognisedText[] texts)
    {
        var height = model.RecognitionInput.Height;
        var width = Padded(Width(lines[batch[^1]]));
        var length = 3 * height * width;
        var tensor = slot.RecognitionTensor(batch.Length * length);
        tensor.Span.Clear();
        for (var i = 0; i < batch.Length; i++)
        {
            var line = lines[batch[i]];
            var lineWidth = Width(line);
            slot.Resizer.Resize(line.Pixels, line.Width, line.Height, slot.Line, lineWidth, height);
            _normaliser.Write(slot.Line.Pixels, lineWidth, 0, 0, lineWidth, height, tensor.Span.Slice(i * length, length), width, height);
        }

        using var run = new RunOptions();
        using var input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, tensor, [batch.Length, 3, height, width]);
        using var outputs = session.Run(run, [model.RecognitionInput.Name], [input], [model.RecognitionOutput]);
        var shape = outputs[0].GetTensorTypeAndShape().Shape;
        if (shape.Length != 3 || shape[0] != batch.Length || shape[2] != characters.Count)
            throw new ModelPackException([$"{model.DocumentPath}: recognition.output: shape [{string.Join(", ", shape)}], must be [{batch.Length}, steps, {characters.Count}]: the dictionary's lines, the blank{(model.AppendSpace ? " and the space" : "")}"]);
        var steps = (int)shape[1];
        var probabilities = outputs[0].GetTensorDataAsSpan<float>();
        for (var i = 0; i < batch.Length; i++)
        {
            var own = Math.Clamp((int)Math.Ceiling((double)steps * Width(lines[batch[i]]) / width), 1, steps);
            texts[batch[i]] = CtcDecoder.Decode(probabilities.Slice(i * steps * characters.Count, own * characters.Count), own, characters);
        }
    }

    private int Width(RgbPicture line) =>
        (int)Math.Clamp(Math.Ceiling((double)line.Width * model.RecognitionInput.Height / line.Height), 8, options.RecognitionWidthMax);

    private static int Padded(int width) => (width + WidthStep - 1) / WidthStep * WidthStep;
}
