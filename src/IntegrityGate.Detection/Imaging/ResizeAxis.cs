namespace IntegrityGate.Detection.Imaging;

/// <summary>
/// Weights of a bilinear resize with antialias along one axis: a triangle filter whose reach grows with the shrink factor, as
/// the detectors were trained with (<c>resize</c> in model.json). Output sample i is the weighted sum of <see cref="Taps"/>
/// source samples from <see cref="Start"/>(i) on.
/// </summary>
internal sealed class ResizeAxis
{
    private readonly int[] _starts;
    private readonly float[] _weights;

    private ResizeAxis(int sourceLength, int targetLength, int taps, int[] starts, float[] weights)
    {
        SourceLength = sourceLength;
        TargetLength = targetLength;
        Taps = taps;
        _starts = starts;
        _weights = weights;
    }

    /// <summary>Samples in, at least 1.</summary>
    public int SourceLength { get; }

    /// <summary>Samples out, at least 1.</summary>
    public int TargetLength { get; }

    /// <summary>Source samples that make one target sample; never more than <see cref="SourceLength"/>.</summary>
    public int Taps { get; }

    /// <summary>First source sample of a target sample; <c>Start(i) + Taps</c> never passes the source's end.</summary>
    public int Start(int target) => _starts[target];

    /// <summary>The weights of a target sample: <see cref="Taps"/> values that sum to 1, unused ones 0.</summary>
    public ReadOnlySpan<float> Weights(int target) => _weights.AsSpan(target * Taps, Taps);

    /// <summary>Computes the weights for a pair of lengths.</summary>
    public static ResizeAxis Create(int sourceLength, int targetLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sourceLength, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetLength, 1);
        var scale = (double)sourceLength / targetLength;
        var reach = Math.Max(scale, 1);
        var firsts = new int[targetLength];
        var counts = new int[targetLength];
        var taps = 1;
        for (var i = 0; i < targetLength; i++)
        {
            var centre = (i + 0.5) * scale;
            firsts[i] = Math.Max((int)(centre - reach + 0.5), 0);
            counts[i] = Math.Max(Math.Min((int)(centre + reach + 0.5), sourceLength) - firsts[i], 1);
            taps = Math.Max(taps, counts[i]);
        }

        var weights = new float[targetLength * taps];
        for (var i = 0; i < targetLength; i++)
        {
            var centre = (i + 0.5) * scale;
            // A window cut at the far edge is moved back so that every sample can be read without a check.
            var start = Math.Min(firsts[i], sourceLength - taps);
            var row = weights.AsSpan(i * taps, taps);
            double sum = 0;
            for (var k = 0; k < counts[i]; k++)
                sum += Triangle((firsts[i] + k - centre + 0.5) / reach);
            for (var k = 0; k < counts[i]; k++)
                row[firsts[i] - start + k] = sum > 0 ? (float)(Triangle((firsts[i] + k - centre + 0.5) / reach) / sum) : 1f / counts[i];
            firsts[i] = start;
        }

        return new ResizeAxis(sourceLength, targetLength, taps, firsts, weights);
    }

    private static double Triangle(double x) => Math.Max(1 - Math.Abs(x), 0);
}
