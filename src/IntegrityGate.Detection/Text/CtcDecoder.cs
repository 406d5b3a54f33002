using System.Numerics.Tensors;
using System.Text;

namespace IntegrityGate.Detection.Text;

/// <summary>
/// Greedy decoding of connectionist temporal classification: the best class of each step, repeats merged, blanks (class 0)
/// dropped. Takes any numbers, NaN too.
/// </summary>
internal static class CtcDecoder
{
    /// <summary>Decodes one line.</summary>
    /// <param name="probabilities">One row of class probabilities a step.</param>
    /// <param name="steps">Steps that belong to the line (padding left out).</param>
    /// <param name="characters">The classes.</param>
    public static RecognisedText Decode(ReadOnlySpan<float> probabilities, int steps, CharacterSet characters)
    {
        var found = new List<(string Text, double Position)>();
        var text = new StringBuilder();
        double sum = 0;
        var previous = 0;
        var first = 0;
        for (var step = 0; step < steps; step++)
        {
            var row = probabilities.Slice(step * characters.Count, characters.Count);
            var best = TensorPrimitives.IndexOfMax(row);
            if (best != previous)
                first = step;
            if (best > 0)
            {
                var position = ((first + step + 1) / 2.0) / steps;
                if (best == previous)
                {
                    found[^1] = (characters[best], position);
                }
                else
                {
                    found.Add((characters[best], position));
                    text.Append(characters[best]);
                    var probability = row[best];
                    sum += float.IsFinite(probability) ? Math.Clamp(probability, 0, 1) : 0;
                }
            }

            previous = best;
        }

        return new RecognisedText(text.ToString(), found.Count > 0 ? sum / found.Count : 0, found);
    }
}
