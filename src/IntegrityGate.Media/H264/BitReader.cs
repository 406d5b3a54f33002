namespace IntegrityGate.Media.H264;

/// <summary>
/// Reads fixed-length and Exp-Golomb codes (H.264 7.2, 9.1). Past the end it gives zeros and sets <see cref="IsOverrun"/>; it never throws.
/// </summary>
internal ref struct BitReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bits read so far.</summary>
    public int Position { get; private set; }

    /// <summary>True once something was read that was not there, or an Exp-Golomb code was longer than 32 bits.</summary>
    public bool IsOverrun { get; private set; }

    /// <summary>Reads one bit.</summary>
    public bool Flag() => Bits(1) != 0;

    /// <summary>Reads up to 32 bits, most significant first.</summary>
    public uint Bits(int count)
    {
        uint value = 0;
        for (var i = 0; i < count; i++)
        {
            var at = Position >> 3;
            if (at >= _bytes.Length)
            {
                IsOverrun = true;
                return 0;
            }

            value = (value << 1) | (uint)((_bytes[at] >> (7 - (Position & 7))) & 1);
            Position++;
        }

        return value;
    }

    /// <summary>Reads an unsigned Exp-Golomb code, ue(v).</summary>
    public uint Unsigned()
    {
        var zeros = 0;
        while (!Flag())
        {
            if (IsOverrun || ++zeros > 31)
            {
                IsOverrun = true;
                return 0;
            }
        }

        return (uint)((1UL << zeros) - 1 + Bits(zeros));
    }

    /// <summary>Reads a signed Exp-Golomb code, se(v).</summary>
    public int Signed()
    {
        var code = Unsigned();
        var half = (int)(code / 2) + (int)(code & 1);
        return (code & 1) != 0 ? half : -half;
    }
}
