using IntegrityGate.Media.H264;

namespace IntegrityGate.Media.H265;

/// <summary>What the gate needs of an HEVC sequence parameter set (H.265 7.3.2.2 and annex E).</summary>
public sealed record SequenceParameterSet
{
    /// <summary>sps_video_parameter_set_id, 0..15.</summary>
    public required int VideoSetId { get; init; }

    /// <summary>sps_seq_parameter_set_id, 0..15.</summary>
    public required int Id { get; init; }

    /// <summary>general_profile_idc: 1 Main, 2 Main 10, 4 range extensions.</summary>
    public required int Profile { get; init; }

    /// <summary>general_tier_flag.</summary>
    public required bool IsHighTier { get; init; }

    /// <summary>general_level_idc: thirty times the level.</summary>
    public required int Level { get; init; }

    /// <summary>The twelve bytes of general profile, tier and level as they stand in the set (7.3.3); an hvcC repeats them.</summary>
    public required ReadOnlyMemory<byte> ProfileTierLevel { get; init; }

    /// <summary>sps_max_sub_layers_minus1 + 1, 1..7.</summary>
    public required int SubLayers { get; init; }

    /// <summary>sps_temporal_id_nesting_flag.</summary>
    public required bool IsNested { get; init; }

    /// <summary>chroma_format_idc: 0 monochrome, 1 4:2:0, 2 4:2:2, 3 4:4:4.</summary>
    public required int ChromaFormat { get; init; }

    /// <summary>Bits a luma sample, 8..16.</summary>
    public required int BitDepthLuma { get; init; }

    /// <summary>Bits a chroma sample, 8..16.</summary>
    public required int BitDepthChroma { get; init; }

    /// <summary>Width in px after cropping.</summary>
    public required int Width { get; init; }

    /// <summary>Height in px after cropping.</summary>
    public required int Height { get; init; }

    /// <summary>sps_max_num_reorder_pics of the highest sub-layer: pictures that a decoder holds back.</summary>
    public required int MaxReorderPictures { get; init; }

    /// <summary>sps_max_dec_pic_buffering_minus1 of the highest sub-layer.</summary>
    public required int MaxBufferingMinusOne { get; init; }

    /// <summary>field_seq_flag: each picture is a field.</summary>
    public bool IsFieldCoded { get; init; }

    /// <summary>Sample aspect ratio, width to height; null when the set does not say.</summary>
    public (int Width, int Height)? SampleAspectRatio { get; init; }

    /// <summary>Colour tags; null when the set does not say.</summary>
    public ColourDescription? Colour { get; init; }

    /// <summary>chroma_sample_loc_type_top_field; null when the set does not say.</summary>
    public int? ChromaSampleLocation { get; init; }

    /// <summary>vui_num_units_in_tick and vui_time_scale; a tick is a picture here (E.3.1). Null when the set does not say.</summary>
    public (uint UnitsInTick, uint TimeScale)? Timing { get; init; }

    /// <summary>Reads a set.</summary>
    /// <param name="nalUnit">The NAL unit, header included.</param>
    /// <param name="reason">Why it could not be read.</param>
    /// <returns>The set, or null. Never throws, whatever the bytes.</returns>
    public static SequenceParameterSet? TryParse(ReadOnlySpan<byte> nalUnit, out string? reason) =>
        new SequenceParameterSetParser().Parse(nalUnit, out reason);
}
