using IntegrityGate.Media.H264;

namespace IntegrityGate.Media.Av1;

/// <summary>What the gate needs of an AV1 sequence header (AV1 5.5).</summary>
public sealed record SequenceHeader
{
    /// <summary>seq_profile: 0 Main, 1 High, 2 Professional.</summary>
    public required int Profile { get; init; }

    /// <summary>seq_level_idx of the first operating point.</summary>
    public required int Level { get; init; }

    /// <summary>seq_tier of the first operating point.</summary>
    public required bool IsHighTier { get; init; }

    /// <summary>still_picture: the stream is one picture.</summary>
    public required bool IsStill { get; init; }

    /// <summary>reduced_still_picture_header: frame headers are those of a lone picture.</summary>
    public required bool IsReduced { get; init; }

    /// <summary>max_frame_width_minus_1 + 1, px.</summary>
    public required int Width { get; init; }

    /// <summary>max_frame_height_minus_1 + 1, px.</summary>
    public required int Height { get; init; }

    /// <summary>Bits a sample: 8, 10 or 12.</summary>
    public required int BitDepth { get; init; }

    /// <summary>0 monochrome, 1 4:2:0, 2 4:2:2, 3 4:4:4: the numbers that H.264 has for them.</summary>
    public required int ChromaFormat { get; init; }

    /// <summary>Colour tags; primaries, transfer and matrix are 2 when the header does not say.</summary>
    public required ColourDescription Colour { get; init; }

    /// <summary>chroma_sample_position: 0 unknown, 1 left, 2 top left.</summary>
    public required int ChromaSamplePosition { get; init; }

    /// <summary>num_units_in_display_tick and time_scale, for streams whose pictures stand equally long; otherwise null.</summary>
    public (uint UnitsInTick, uint TimeScale)? Timing { get; init; }

    /// <summary>num_ticks_per_picture_minus_1 + 1.</summary>
    public uint TicksPerPicture { get; init; } = 1;

    /// <summary>Reads a header.</summary>
    /// <param name="payload">The unit's payload.</param>
    /// <param name="reason">Why it could not be read.</param>
    /// <returns>The header, or null. Never throws, whatever the bytes.</returns>
    public static SequenceHeader? TryParse(ReadOnlySpan<byte> payload, out string? reason) => SequenceHeaderParser.Parse(payload, out reason);
}
