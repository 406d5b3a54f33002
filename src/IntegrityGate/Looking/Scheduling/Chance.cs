using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using IntegrityGate.Core.Streams;

namespace IntegrityGate.Looking.Scheduling;

/// <summary>
/// Where the moments of looks are drawn from. A publisher must not be able to foresee them, so the draws are cryptographic, or
/// those of a secret seed and the stream's id when a run is to be repeated. Not safe for several threads: one packet loop owns it.
/// </summary>
internal sealed class Chance
{
    private readonly byte[]? _seed;
    private readonly byte[] _block = new byte[SHA256.HashSizeInBytes];
    private long _counter;
    private int _used = SHA256.HashSizeInBytes;

    private Chance(byte[]? seed) => _seed = seed;

    /// <summary>Draws of the operating system's generator.</summary>
    public static Chance Unpredictable() => new(null);

    /// <summary>The same draws for the same seed and stream: SHA-256 over seed, stream and a counter, so who lacks the seed learns nothing from draws that he saw.</summary>
    public static Chance Seeded(ulong seed, StreamId stream)
    {
        var name = Encoding.UTF8.GetBytes(stream.Value);
        var bytes = new byte[sizeof(ulong) + name.Length + sizeof(long)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, seed);
        name.CopyTo(bytes.AsSpan(sizeof(ulong)));
        return new Chance(bytes);
    }

    /// <summary>A number from 0 up to, but not including, 1; uniform.</summary>
    public double Next()
    {
        if (_used + sizeof(ulong) > _block.Length)
            Refill();
        var bits = BinaryPrimitives.ReadUInt64LittleEndian(_block.AsSpan(_used));
        _used += sizeof(ulong);
        return (bits >> 11) * (1.0 / (1UL << 53));
    }

    private void Refill()
    {
        if (_seed is null)
        {
            RandomNumberGenerator.Fill(_block);
        }
        else
        {
            BinaryPrimitives.WriteInt64LittleEndian(_seed.AsSpan(_seed.Length - sizeof(long)), _counter++);
            SHA256.HashData(_seed, _block);
        }

        _used = 0;
    }
}
