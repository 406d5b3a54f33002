namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>
/// A fuzzer in a small box: takes good inputs, spoils them in the ways that break parsers, and feeds them to a target. The seed is
/// fixed, so that a failure comes back on every run.
/// </summary>
internal sealed class Mutator(int seed, IReadOnlyList<byte[]> corpus)
{
    private static readonly byte[] Interesting = [0x00, 0x01, 0x02, 0x03, 0x08, 0x09, 0x0A, 0x11, 0x7F, 0x80, 0xC0, 0xFE, 0xFF];

    private readonly Random _random = new(seed);

    /// <summary>Runs the target on so many inputs.</summary>
    /// <param name="cases">How many.</param>
    /// <param name="target">Must throw nothing, whatever it is given.</param>
    /// <returns>The first input that made it throw, with what was thrown; null when none did.</returns>
    public (byte[] Input, Exception Thrown)? Run(int cases, Action<byte[]> target)
    {
        for (var i = 0; i < cases; i++)
        {
            var input = Next();
            try
            {
                target(input);
            }
#pragma warning disable CA1031 // whatever is thrown is the find
            catch (Exception exception)
#pragma warning restore CA1031
            {
                return (input, exception);
            }
        }

        return null;
    }

    /// <summary>Fails the test with the input that was found.</summary>
    public void MustStand(int cases, Action<byte[]> target)
    {
        if (Run(cases, target) is var (input, thrown))
            Assert.Fail($"input {Convert.ToHexString(input)} made it throw {thrown}");
    }

    private byte[] Next()
    {
        var bytes = new List<byte>(corpus[_random.Next(corpus.Count)]);
        for (var rounds = _random.Next(1, 5); rounds > 0; rounds--)
            Spoil(bytes);
        return [.. bytes];
    }

    private void Spoil(List<byte> bytes)
    {
        if (bytes.Count == 0)
        {
            bytes.Add((byte)_random.Next(256));
            return;
        }

        var at = _random.Next(bytes.Count);
        switch (_random.Next(8))
        {
            case 0:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1:
                bytes[at] = Interesting[_random.Next(Interesting.Length)];
                break;
            case 2:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 3:
                bytes.RemoveRange(at, Math.Min(bytes.Count - at, _random.Next(1, 9)));
                break;
            case 4:
                bytes.Insert(at, Interesting[_random.Next(Interesting.Length)]);
                break;
            case 5: // a stretch twice: nesting and repetition
                bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, _random.Next(1, 40))));
                break;
            case 6: // cut off
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default: // a stretch of another input
                var other = corpus[_random.Next(corpus.Count)];
                var from = _random.Next(other.Length);
                bytes.InsertRange(at, other.AsSpan(from, Math.Min(other.Length - from, _random.Next(1, 60))).ToArray());
                break;
        }
    }
}
