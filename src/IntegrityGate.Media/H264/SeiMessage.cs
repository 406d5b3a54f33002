namespace IntegrityGate.Media.H264;

/// <summary>Walks the messages of an SEI payload (H.264 7.3.2.3.1): type and size, each in bytes of 255 and a last one.</summary>
internal static class SeiMessage
{
    /// <summary>A recovery point (D.1.8): decoding may start here, but the picture is no IDR.</summary>
    public const uint RecoveryPoint = 6;

    /// <summary>Takes the next message off the front.</summary>
    /// <returns>False at the end or when the message does not fit.</returns>
    public static bool Next(ref Memory<byte> rest, out uint type, out Memory<byte> body)
    {
        body = default;
        if (!Number(ref rest, out type) || !Number(ref rest, out var size) || size > rest.Length)
            return false;
        body = rest[..(int)size];
        rest = rest[(int)size..];
        return true;
    }

    /// <summary>True when an SEI NAL unit holds a message of a type.</summary>
    public static bool Holds(NalUnit unit, uint wanted)
    {
        var rest = RbspBytes.Unescape(unit.Bytes[1..]).AsMemory();
        while (Next(ref rest, out var type, out _))
        {
            if (type == wanted)
                return true;
        }

        return false;
    }

    private static bool Number(ref Memory<byte> rest, out uint value)
    {
        value = 0;
        var at = 0;
        foreach (var one in rest.Span)
        {
            value += one;
            at++;
            if (one != 255)
            {
                rest = rest[at..];
                return true;
            }
        }

        return false;
    }
}
