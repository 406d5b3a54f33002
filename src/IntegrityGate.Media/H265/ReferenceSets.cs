using IntegrityGate.Media.H264;

namespace IntegrityGate.Media.H265;

/// <summary>Passes over the parts of a sequence parameter set that stand between its size and its usability information.</summary>
internal static class ReferenceSets
{
    /// <summary>num_short_term_ref_pic_sets is at most 64 (H.265 7.4.3.2.1).</summary>
    private const uint MaxSets = 64;

    /// <summary>A picture refers to at most 16 others (sps_max_dec_pic_buffering_minus1, 7.4.3.2.1).</summary>
    private const uint MaxPictures = 16;

    /// <summary>Passes over the short-term sets (7.3.7).</summary>
    /// <returns>False when a number is out of range.</returns>
    public static bool Skip(ref BitReader bits)
    {
        var count = bits.Unsigned();
        if (count > MaxSets)
            return false;
        var previous = 0;
        for (var index = 0; index < count; index++)
        {
            if (bits.IsOverrun || !SkipOne(ref bits, index, ref previous))
                return false;
        }

        return true;
    }

    /// <summary>Passes over the scaling lists (7.3.4).</summary>
    /// <returns>False when a number is out of range.</returns>
    public static bool SkipScalingLists(ref BitReader bits)
    {
        for (var size = 0; size < 4; size++)
        {
            for (var matrix = 0; matrix < 6; matrix += size == 3 ? 3 : 1)
            {
                if (!bits.Flag())
                {
                    bits.Unsigned(); // scaling_list_pred_matrix_id_delta
                    continue;
                }

                if (size > 1)
                    bits.Signed(); // scaling_list_dc_coef_minus8
                for (var i = 0; i < Math.Min(64, 1 << (4 + (size << 1))) && !bits.IsOverrun; i++)
                    bits.Signed();
            }
        }

        return !bits.IsOverrun;
    }

    private static bool SkipOne(ref BitReader bits, int index, ref int previous)
    {
        if (index > 0 && bits.Flag())
        {
            bits.Flag(); // delta_rps_sign
            bits.Unsigned(); // abs_delta_rps_minus1
            var kept = 0;
            for (var i = 0; i <= previous; i++)
                kept += bits.Flag() || bits.Flag() ? 1 : 0; // used_by_curr_pic_flag, and when it is not set use_delta_flag
            previous = kept;
            return kept <= 2 * MaxPictures;
        }

        var before = bits.Unsigned();
        var after = bits.Unsigned();
        if (before > MaxPictures || after > MaxPictures)
            return false;
        previous = (int)(before + after);
        for (var i = 0; i < previous && !bits.IsOverrun; i++)
        {
            bits.Unsigned(); // delta_poc_s0_minus1, delta_poc_s1_minus1
            bits.Flag();
        }

        return true;
    }
}
