namespace IntegrityGate.Media.Av1;

/// <summary>The decoder configuration of an AV1 track (av1C, "AV1 Codec ISO Media File Format Binding" 2.3): what a sequence header carries.</summary>
/// <param name="SequenceHeader">The sequence header in it, as a unit with its size; empty when it comes in-band only.</param>
/// <param name="Parsed">The same, read; null when it comes in-band only.</param>
public sealed record Av1CodecConfigurationRecord(ReadOnlyMemory<byte> SequenceHeader, SequenceHeader? Parsed)
{
    /// <summary>16 KiB, as for H.264: a sequence header takes under 20 bytes, metadata beside it under 100.</summary>
    public const int MaxBytes = 16 * 1024;

    private const int FixedBytes = 4;

    /// <summary>Reads a record.</summary>
    /// <param name="bytes">The record, without the tag header.</param>
    /// <param name="reason">Why it could not be read.</param>
    /// <returns>The record, or null. Never throws, whatever the bytes.</returns>
    public static Av1CodecConfigurationRecord? TryParse(ReadOnlySpan<byte> bytes, out string? reason)
    {
        if (bytes.Length > MaxBytes)
            return Fail($"av1C of {bytes.Length} bytes is over the limit of {MaxBytes}", out reason);
        if (bytes.Length < FixedBytes)
            return Fail("av1C is shorter than 4 bytes", out reason);
        if (bytes[0] != 0x81)
            return Fail($"av1C marker and version are {bytes[0]:X2} and not 81", out reason);
        reason = null;
        var reader = new ObuReader(bytes[FixedBytes..]);
        while (reader.Next())
        {
            if (reader.Type != ObuType.SequenceHeader)
                continue;
            return Av1.SequenceHeader.TryParse(reader.Payload, out reason) is { } parsed
                ? new Av1CodecConfigurationRecord(reader.Bytes.ToArray(), parsed)
                : null;
        }

        return reader.IsDamaged ? Fail("av1C units are cut short", out reason) : new Av1CodecConfigurationRecord(default, null);
    }

    /// <summary>Writes the record.</summary>
    /// <param name="unit">The sequence header as a unit with its size.</param>
    /// <param name="parsed">The same, read.</param>
    public static byte[] Write(ReadOnlySpan<byte> unit, SequenceHeader parsed) =>
    [
        0x81,
        (byte)((parsed.Profile << 5) | parsed.Level),
        (byte)((parsed.IsHighTier ? 0x80 : 0) | (parsed.BitDepth > 8 ? 0x40 : 0) | (parsed.BitDepth == 12 ? 0x20 : 0)
            | (parsed.ChromaFormat == 0 ? 0x10 : 0) | (parsed.ChromaFormat < 3 ? 0x08 : 0) | (parsed.ChromaFormat < 2 ? 0x04 : 0) | parsed.ChromaSamplePosition),
        0, // initial_presentation_delay: not said
        .. unit,
    ];

    private static Av1CodecConfigurationRecord? Fail(string why, out string? reason)
    {
        reason = why;
        return null;
    }
}
