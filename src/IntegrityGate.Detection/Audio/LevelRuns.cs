using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IntegrityGate.Detection.Audio;

/// <summary>
/// Where a level over time rises above a threshold and falls below it again. Compares eight values at a time and walks the bits of the
/// result, so that a quiet stretch costs next to nothing. Its memory is kept; not safe for several threads.
/// </summary>
internal sealed class LevelRuns
{
    private readonly List<(int On, int Off)> _runs = [];
    private ulong[] _bits = [];

    /// <summary>The runs above the threshold: first value above, first value below again.</summary>
    public ReadOnlySpan<(int On, int Off)> Runs => CollectionsMarshal.AsSpan(_runs);

    /// <summary>Finds the runs.</summary>
    /// <param name="levels">The level over time.</param>
    /// <param name="threshold">The threshold.</param>
    public void Find(ReadOnlySpan<float> levels, float threshold)
    {
        _runs.Clear();
        var words = (levels.Length + 63) / 64;
        if (_bits.Length < words)
            _bits = new ulong[words];
        Compare(levels, threshold, _bits.AsSpan(0, words));
        var on = -1;
        var carry = 0UL;
        for (var word = 0; word < words; word++)
        {
            var bits = _bits[word];
            var edges = bits ^ ((bits << 1) | carry);
            carry = bits >> 63;
            for (; edges != 0; edges &= edges - 1)
            {
                var at = (word * 64) + BitOperations.TrailingZeroCount(edges);
                if (on < 0)
                    on = at;
                else
                    (_, on) = (Add(on, at), -1);
            }
        }

        if (on >= 0)
            Add(on, levels.Length);
    }

    // A dropout of one value is the coder's, and a blip of one value no tone.
    private bool Add(int on, int off)
    {
        if (_runs.Count > 0 && on - _runs[^1].Off <= 1)
        {
            _runs[^1] = (_runs[^1].On, off);
            return true;
        }

        if (_runs.Count > 0 && _runs[^1].Off - _runs[^1].On <= 1)
            _runs.RemoveAt(_runs.Count - 1);
        _runs.Add((on, off));
        return false;
    }

    private static void Compare(ReadOnlySpan<float> levels, float threshold, Span<ulong> bits)
    {
        bits.Clear();
        var least = Vector256.Create(threshold);
        var i = 0;
        for (; i <= levels.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var above = Vector256.GreaterThan(Vector256.Create(levels[i..]), least).ExtractMostSignificantBits();
            bits[i / 64] |= (ulong)above << (i % 64);
        }

        for (; i < levels.Length; i++)
            bits[i / 64] |= (levels[i] > threshold ? 1UL : 0) << (i % 64);
    }
}
