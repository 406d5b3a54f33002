using System.Numerics;

namespace IntegrityGate.Media.H264;

/// <summary>Writes fixed-length and Exp-Golomb codes (H.264 7.2, 9.1).</summary>
internal sealed class BitWriter
{
    private readonly List<byte> _bytes = [];
    private int _free;

    /// <summary>Writes bits, most significant first.</summary>
    public void Bits(uint value, int count)
    {
        for (var i = count - 1; i >= 0; i--)
        {
            if (_free == 0)
            {
                _bytes.Add(0);
                _free = 8;
            }

            _free--;
            _bytes[^1] |= (byte)(((value >> i) & 1) << _free);
        }
    }

    /// <summary>Writes one bit.</summary>
    public void Flag(bool value) => Bits(value ? 1u : 0u, 1);

    /// <summary>Writes an unsigned Exp-Golomb code, ue(v).</summary>
    public void Unsigned(uint value)
    {
        var length = BitOperations.Log2(value + 1);
        Bits(0, length);
        Bits(value + 1, length + 1);
    }

    /// <summary>Ends the payload with the stop bit and alignment (rbsp_trailing_bits, 7.3.2.11).</summary>
    public byte[] Finish()
    {
        Flag(true);
        return [.. _bytes];
    }
}
