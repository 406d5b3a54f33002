namespace IntegrityGate.Media.H264;

/// <summary>Takes emulation prevention bytes out of a NAL unit's payload and puts them in (H.264 7.3.1, 7.4.1).</summary>
internal static class RbspBytes
{
    /// <summary>Takes them out.</summary>
    /// <param name="payload">The unit without its header byte.</param>
    public static byte[] Unescape(ReadOnlySpan<byte> payload)
    {
        var output = new byte[payload.Length];
        var length = 0;
        var zeros = 0;
        foreach (var one in payload)
        {
            if (zeros >= 2 && one == 3)
            {
                zeros = 0;
                continue;
            }

            zeros = one == 0 ? zeros + 1 : 0;
            output[length++] = one;
        }

        return output[..length];
    }

    /// <summary>Puts them in.</summary>
    /// <param name="header">The NAL unit header byte to put in front.</param>
    /// <param name="rbsp">The raw payload.</param>
    public static byte[] Escape(byte header, ReadOnlySpan<byte> rbsp)
    {
        var output = new List<byte>(rbsp.Length + 8) { header };
        var zeros = 0;
        foreach (var one in rbsp)
        {
            if (zeros >= 2 && one <= 3)
            {
                output.Add(3);
                zeros = 0;
            }

            zeros = one == 0 ? zeros + 1 : 0;
            output.Add(one);
        }

        return [.. output];
    }
}
