namespace IntegrityGate.Media.H264;

/// <summary>What the gate needs of an H.264 sequence parameter set (7.3.2.1.1 and annex E).</summary>
public sealed record SequenceParameterSet
{
    /// <summary>profile_idc: 66 Baseline, 77 Main, 88 Extended, 100 High, 110 High 10, 122 High 4:2:2, 244 High 4:4:4.</summary>
    public required int Profile { get; init; }

    /// <summary>The constraint_set flags, as the byte stands in the set.</summary>
    public required int Constraints { get; init; }

    /// <summary>level_idc: ten times the level; 9 or 11 with constraint_set3 for level 1b.</summary>
    public required int Level { get; init; }

    /// <summary>seq_parameter_set_id, 0..31.</summary>
    public required int Id { get; init; }

    /// <summary>chroma_format_idc: 0 monochrome, 1 4:2:0, 2 4:2:2, 3 4:4:4.</summary>
    public required int ChromaFormat { get; init; }

    /// <summary>Bits a luma sample, 8..14.</summary>
    public required int BitDepthLuma { get; init; }

    /// <summary>Bits a chroma sample, 8..14.</summary>
    public required int BitDepthChroma { get; init; }

    /// <summary>pic_order_cnt_type; with 2, output order is decoding order (8.2.1.3).</summary>
    public required int PictureOrderType { get; init; }

    /// <summary>max_num_ref_frames.</summary>
    public required int MaxReferenceFrames { get; init; }

    /// <summary>True when every picture is a frame: neither field pictures nor field macroblocks.</summary>
    public required bool IsFrameOnly { get; init; }

    /// <summary>Width in px after cropping.</summary>
    public required int Width { get; init; }

    /// <summary>Height in px after cropping.</summary>
    public required int Height { get; init; }

    /// <summary>Macroblocks of a frame before cropping; what level limits count in.</summary>
    public required int MacroblocksInFrame { get; init; }

    /// <summary>Sample aspect ratio, width to height; null when the set does not say.</summary>
    public (int Width, int Height)? SampleAspectRatio { get; init; }

    /// <summary>Colour tags; null when the set does not say.</summary>
    public ColourDescription? Colour { get; init; }

    /// <summary>chroma_sample_loc_type_top_field; null when the set does not say.</summary>
    public int? ChromaSampleLocation { get; init; }

    /// <summary>Timing; null when the set does not say.</summary>
    public FrameTiming? Timing { get; init; }

    /// <summary>max_num_reorder_frames; null when the set does not say, and then anything up to the picture buffer may be reordered.</summary>
    public int? MaxReorderFrames { get; init; }

    /// <summary>max_dec_frame_buffering; null when the set does not say.</summary>
    public int? MaxFrameBuffering { get; init; }

    /// <summary>Reads a set.</summary>
    /// <param name="nalUnit">The NAL unit, header byte included.</param>
    /// <param name="reason">Why it could not be read.</param>
    /// <returns>The set, or null. Never throws, whatever the bytes.</returns>
    public static SequenceParameterSet? TryParse(ReadOnlySpan<byte> nalUnit, out string? reason) =>
        new SequenceParameterSetParser().Parse(nalUnit, out reason);

    /// <summary>
    /// Frames that a decoder may have to hold back for output order: what the set says, or what follows when it says nothing:
    /// none for Baseline and for picture order type 2, otherwise the whole picture buffer of the level (E.2.1).
    /// </summary>
    public int ReorderBound => MaxReorderFrames ?? (Profile == 66 || PictureOrderType == 2 ? 0 : PictureBuffer);

    /// <summary>MaxDpbFrames of the level (table A-1, A.3.1 h), 1..16.</summary>
    public int PictureBuffer
    {
        get
        {
            var macroblocks = Level switch
            {
                <= 10 => 396,
                11 => 900,
                12 or 13 or 20 => 2376,
                21 => 4752,
                22 or 30 => 8100,
                31 => 18000,
                32 => 20480,
                40 or 41 => 32768,
                42 => 34816,
                50 => 110400,
                51 or 52 => 184320,
                _ => 696320,
            };
            return Math.Clamp(macroblocks / Math.Max(1, MacroblocksInFrame), 1, 16);
        }
    }
}
