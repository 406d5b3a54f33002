using System.Buffers;

namespace IntegrityGate.Media.H264;

/// <summary>Writes NAL units in length-prefixed form (ISO/IEC 14496-15 5.3.4.2).</summary>
internal static class AvccWriter
{
    /// <summary>Writes one unit.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="nalUnit">The unit, header byte included.</param>
    /// <param name="lengthSize">Bytes of the prefix: 1, 2 or 4.</param>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> nalUnit, int lengthSize)
    {
        var prefix = output.GetSpan(lengthSize);
        for (var i = 0; i < lengthSize; i++)
            prefix[i] = (byte)(nalUnit.Length >> (8 * (lengthSize - 1 - i)));
        output.Advance(lengthSize);
        output.Write(nalUnit);
    }
}
