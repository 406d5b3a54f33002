using IntegrityGate.Media.H264;

namespace IntegrityGate.Media.H265;

/// <summary>
/// Rewrites an HEVC sequence parameter set for our own decoders, which alone ever see it: it says how many pictures are held back
/// for output order. Told 0 for a lone key frame, a decoder gives the picture at once.
/// </summary>
internal static class ReorderRewriter
{
    /// <summary>Rewrites the set; all else stays.</summary>
    /// <param name="nalUnit">A sequence parameter set, header included.</param>
    /// <param name="reorder">sps_max_num_reorder_pics to put in, 0..16.</param>
    /// <returns>The new NAL unit, or null when the set cannot be read.</returns>
    public static byte[]? Rewrite(ReadOnlySpan<byte> nalUnit, int reorder)
    {
        var parser = new SequenceParameterSetParser();
        if (parser.Parse(nalUnit, out _) is not { } set)
            return null;
        var reader = new BitReader(parser.Payload);
        var writer = new BitWriter();
        Copy(ref reader, writer, parser.OrderingPosition);
        writer.Flag(false); // one triple for all sub-layers
        writer.Unsigned((uint)Math.Max(set.MaxBufferingMinusOne, Math.Min(reorder, 15)));
        writer.Unsigned((uint)Math.Min(reorder, 15));
        writer.Unsigned(0); // no limit of latency
        Copy(ref reader, null, parser.OrderingEnd);
        Copy(ref reader, writer, StopBit(parser.Payload));
        return [nalUnit[0], .. RbspBytes.Escape(nalUnit[1], writer.Finish())];
    }

    private static void Copy(ref BitReader from, BitWriter? to, int until)
    {
        while (from.Position < until)
        {
            var bit = from.Bits(1);
            to?.Bits(bit, 1);
        }
    }

    // rbsp_trailing_bits: the last bit that is set.
    private static int StopBit(byte[] payload)
    {
        var last = payload.Length - 1;
        while (last > 0 && payload[last] == 0)
            last--;
        return (last * 8) + 7 - System.Numerics.BitOperations.TrailingZeroCount(payload[last] | 0x100);
    }
}
