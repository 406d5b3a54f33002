using System.Globalization;
using System.Text.RegularExpressions;
using IntegrityGate.Media.H264;
using IntegrityGate.Media.H265;
using IntegrityGate.Media.Tests.Codecs;
using IntegrityGate.Media.Tests.H264;
using AccessUnit = IntegrityGate.Media.H265.AccessUnit;
using NalUnit = IntegrityGate.Media.H265.NalUnit;
using NalUnitType = IntegrityGate.Media.H265.NalUnitType;
using SequenceParameterSet = IntegrityGate.Media.H265.SequenceParameterSet;

namespace IntegrityGate.Media.Tests.H265;

/// <summary>Real HEVC parameter sets, made by x265, read by us and by ffmpeg's own trace.</summary>
[Collection("ffmpeg")]
public sealed partial class SequenceParameterSetTests
{
    private const string X265 = "-c:v libx265 -x265-params log-level=none";

    [Theory]
    [InlineData(X265 + " -preset ultrafast", "320x180")]
    [InlineData(X265 + ":bframes=4:ref=5:scaling-list=default -preset slow", "638x358")]
    [InlineData(X265 + ":temporal-layers=3:bframes=4 -preset medium", "320x180")]
    [InlineData(X265 + ":range=full:colorprim=bt709:transfer=bt709:colormatrix=bt709 -preset ultrafast -vf setsar=16/11", "720x576")]
    [InlineData(X265 + ":colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:chromaloc=2 -preset ultrafast -pix_fmt yuv420p10le", "1278x718")]
    [InlineData(X265 + ":hrd=1:vbv-maxrate=800:vbv-bufsize=800:level-idc=41:high-tier=1 -preset ultrafast -b:v 800k", "320x180")]
    [InlineData(X265 + ":interlace=tff -preset ultrafast", "720x576")]
    [InlineData(X265 + " -preset ultrafast -pix_fmt yuv422p10le", "322x182")]
    [InlineData(X265 + " -preset ultrafast -pix_fmt yuv444p", "322x182")]
    public async Task Every_field_is_what_ffmpeg_reads(string encoding, string size)
    {
        var path = await TestMedia.ClipAsync($"-f lavfi -i testsrc2=s={size}:r=30:d=0.4 {encoding}", ".mp4");
        var samples = await EnhancedClips.SamplesAsync(path, isAv1: false);
        Assert.True(HevcDecoderConfigurationRecord.TryParse(samples.VideoConfiguration, out var reason) is not null, reason);
        var record = HevcDecoderConfigurationRecord.TryParse(samples.VideoConfiguration, out _)!;
        var unit = record.SequenceParameterSets[0];
        var set = SequenceParameterSet.TryParse(unit.Span, out reason);
        Assert.True(set is not null, reason);

        var (_, _, trace) = await FfmpegTool.RunAsync("ffmpeg", "-v", "verbose", "-i", path, "-map", "0:v", "-c", "copy", "-bsf:v", "trace_headers", "-frames:v", "1", "-f", "null", "-");
        var fields = Field().Matches(trace[trace.IndexOf("Sequence Parameter Set", StringComparison.Ordinal)..trace.IndexOf("Picture Parameter Set", StringComparison.Ordinal)])
            .GroupBy(match => match.Groups[1].Value).ToDictionary(group => group.Key, group => long.Parse(group.First().Groups[2].Value, CultureInfo.InvariantCulture));
        long Value(string name, long otherwise) => fields.GetValueOrDefault(name, otherwise);
        var top = Value("sps_max_sub_layers_minus1", -1);

        Assert.Equal(Value("general_profile_idc", -1), set.Profile);
        Assert.Equal(Value("general_tier_flag", -1) == 1, set.IsHighTier);
        Assert.Equal(Value("general_level_idc", -1), set.Level);
        Assert.Equal(top + 1, set.SubLayers);
        Assert.Equal(Value("chroma_format_idc", -1), set.ChromaFormat);
        Assert.Equal(Value("bit_depth_luma_minus8", -1) + 8, set.BitDepthLuma);
        Assert.Equal(Value("bit_depth_chroma_minus8", -1) + 8, set.BitDepthChroma);
        if (!encoding.Contains("interlace", StringComparison.Ordinal))
            Assert.Equal(size, $"{set.Width}x{set.Height}");
        Assert.Equal(Value($"sps_max_num_reorder_pics[{top}]", -1), set.MaxReorderPictures);
        Assert.Equal(Value($"sps_max_dec_pic_buffering_minus1[{top}]", -1), set.MaxBufferingMinusOne);
        Assert.Equal(Value("field_seq_flag", 0) == 1, set.IsFieldCoded);
        Assert.Equal((Value("vui_num_units_in_tick", -1), Value("vui_time_scale", -1)), (set.Timing?.UnitsInTick ?? -1L, set.Timing?.TimeScale ?? -1L));
        Assert.Equal(Value("colour_primaries", 2), set.Colour?.Primaries ?? 2);
        Assert.Equal(Value("transfer_characteristics", 2), set.Colour?.Transfer ?? 2);
        Assert.Equal(Value("matrix_coefficients", 2), set.Colour?.Matrix ?? 2);
        Assert.Equal(Value("video_full_range_flag", 0) == 1, set.Colour?.IsFullRange ?? false);
        Assert.Equal(Value("chroma_sample_loc_type_top_field", -1), set.ChromaSampleLocation ?? -1);

        foreach (var reorder in (int[])[0, 5])
        {
            var rewritten = ReorderRewriter.Rewrite(unit.Span, reorder);
            var again = SequenceParameterSet.TryParse(rewritten, out reason);
            Assert.True(again is not null, reason);
            Assert.Equal(
                set with { MaxReorderPictures = reorder, MaxBufferingMinusOne = Math.Max(reorder, set.MaxBufferingMinusOne), ProfileTierLevel = default },
                again with { ProfileTierLevel = default });
        }

        // What only decoders read (restrictions, extensions) stays to the last bit: rewriting twice to the same number changes nothing.
        var once = ReorderRewriter.Rewrite(unit.Span, 1)!;
        Assert.Equal(once, ReorderRewriter.Rewrite(once, 1));
        Assert.Equal(once, ReorderRewriter.Rewrite(ReorderRewriter.Rewrite(unit.Span, 0), 1));
        RecordStands(record, samples.VideoConfiguration);
    }

    private static void RecordStands(HevcDecoderConfigurationRecord record, byte[] bytes)
    {
        // ffmpeg says two things more than we do: frame rate and segmentation; and that its arrays are complete.
        var written = record.Write()!;
        Assert.Equal(bytes.AsSpan(0, 13), written.AsSpan(0, 13));
        Assert.Equal(bytes.AsSpan(16, 3), written.AsSpan(16, 3));
        Assert.Equal(bytes[21] & 0x3F, written[21]);
        var again = HevcDecoderConfigurationRecord.TryParse(written, out _)!;
        Assert.Equal(Units(record), Units(again));

        static List<string> Units(HevcDecoderConfigurationRecord one) =>
            [.. one.VideoParameterSets.Concat(one.SequenceParameterSets).Concat(one.PictureParameterSets).Concat(one.Messages).Select(unit => Convert.ToHexString(unit.Span))];
    }

    [Theory]
    [InlineData(0, "shorter")]
    [InlineData(1, "version")]
    [InlineData(2, "length size 3")]
    [InlineData(3, "no sequence parameter set")]
    [InlineData(4, "ends within")]
    [InlineData(5, "another type")]
    [InlineData(6, "over the limit")]
    public void A_damaged_record_is_refused_with_its_reason(int damage, string reason)
    {
        var bytes = Corpus.Of("hvcC", "hevc-main-idr")[0];
        var broken = damage switch
        {
            0 => bytes[..22],
            1 => [9, .. bytes[1..]],
            2 => [.. bytes[..21], 0x0E, .. bytes[22..]],
            3 => [.. bytes[..22], 0],
            4 => [.. bytes[..22], 9, .. bytes[23..]],
            5 => [.. bytes[..23], 0x21, .. bytes[24..]],
            _ => new byte[HevcDecoderConfigurationRecord.MaxBytes + 1],
        };
        Assert.Null(HevcDecoderConfigurationRecord.TryParse(broken, out var told));
        Assert.Contains(reason, told, StringComparison.Ordinal);
    }

    [Fact]
    public void Access_units_say_where_decoding_can_start_and_what_would_be_lost()
    {
        var units = Corpus.Of("unit", "hevc-main-bframes").Select(bytes => AccessUnit.Read(bytes, 4)).ToList();
        Assert.DoesNotContain(units, unit => unit.IsDamaged || unit.FirstSlice is null);
        Assert.Contains(units, unit => unit.FirstSlice is NalUnitType.RaslN or NalUnitType.RaslR && unit.Picture is { NeedsPast: true, IsLeading: true, IsEntry: false });
        Assert.True(AccessUnit.Read([0, 0, 0, 3, 0x2A, 1, 0x80], 4).Picture is { IsEntry: true, IsOpen: true });
        Assert.True(AccessUnit.Read([0, 0, 0, 3, 0x26, 1, 0x80], 4).Picture is { IsEntry: true, IsOpen: false });
        Assert.False(AccessUnit.Read([0, 0, 0, 3, 0x27, 1, 0x80], 4).Picture.HasPicture); // another layer
        Assert.True(AccessUnit.Read([0, 0, 0, 9, 0x26, 1, 0x80], 4).IsDamaged);
    }

    [Fact]
    public void The_message_of_a_mastering_display_stays_with_its_key_frame()
    {
        var record = HevcDecoderConfigurationRecord.TryParse(Corpus.Of("hvcC", "hevc-main10-pq")[0], out _)!;
        var video = new HevcConfiguration(record).Find(Corpus.Of("unit", "hevc-main10-pq")[0], out var reason);
        Assert.True(video is not null, reason);
        var lasting = ReceivedStream.Units(video.Lasting()).ToList();
        Assert.NotEmpty(lasting);
        Assert.All(lasting, unit => Assert.Equal(NalUnitType.PrefixSei, new NalUnit(unit).Type));
        Assert.Contains(lasting, unit => unit[2] == 137); // mastering_display_colour_volume, D.2.28
        Assert.Equal(new ColourDescription(5, false, 9, 16, 9), video.Colour! with { VideoFormat = 5 });
    }

    [GeneratedRegex(@"\] \d+ +([a-z0-9_]+(?:\[\d+\])?) +[01]+ = (-?\d+)")]
    private static partial Regex Field();
}
