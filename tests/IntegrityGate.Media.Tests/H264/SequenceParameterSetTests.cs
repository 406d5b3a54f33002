using System.Text.RegularExpressions;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.H264;

namespace IntegrityGate.Media.Tests.H264;

/// <summary>Real parameter sets, made by x264, read by us and by ffmpeg's own trace.</summary>
[Collection("ffmpeg")]
public sealed partial class SequenceParameterSetTests
{
    private static async Task<(AvcDecoderConfigurationRecord Record, byte[] Bytes)> RecordAsync(string encoding, string size = "320x180")
    {
        var clip = await TestMedia.VideoAsync(size, 0.2, encoding);
        var header = TestMedia.Packets(clip).First(packet => packet.Kind == MediaKind.Video && packet.IsSequenceHeader);
        var bytes = header.Payload[5..].ToArray();
        var record = AvcDecoderConfigurationRecord.TryParse(bytes, out var reason);
        Assert.True(record is not null, reason);
        return (record, bytes);
    }

    [Theory]
    [InlineData("-bf 3", "320x180")]
    [InlineData("-profile:v baseline", "638x358")]
    [InlineData("-profile:v main -bf 0 -level 3.1", "1278x718")]
    [InlineData("-pix_fmt yuv422p10le -level 4.2", "320x180")]
    [InlineData("-pix_fmt yuv444p", "322x182")]
    [InlineData("-flags +ildct+ilme -x264-params tff=1", "720x576")]
    [InlineData("-vf setsar=16/11 -colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv", "720x576")]
    [InlineData("-x264-params nal-hrd=cbr:vbv-maxrate=800:vbv-bufsize=800:pic-struct=1 -b:v 800k", "320x180")]
    [InlineData("-x264-params cqm=jvt", "320x180")]
    public async Task Every_field_is_what_ffmpeg_reads(string encoding, string size)
    {
        var (record, bytes) = await RecordAsync(encoding, size);
        Assert.Equal(bytes, record.Write());
        var set = SequenceParameterSet.TryParse(record.SequenceParameterSets[0].Span, out var reason);
        Assert.True(set is not null, reason);

        var clip = await TestMedia.VideoAsync(size, 0.2, encoding);
        var (_, _, trace) = await FfmpegTool.RunAsync("ffmpeg", "-v", "verbose", "-i", clip, "-map", "0:v", "-c", "copy", "-bsf:v", "trace_headers", "-frames:v", "1", "-f", "null", "-");
        var fields = Field().Matches(trace[trace.IndexOf("Sequence Parameter Set", StringComparison.Ordinal)..trace.IndexOf("Picture Parameter Set", StringComparison.Ordinal)])
            .GroupBy(match => match.Groups[1].Value).ToDictionary(group => group.Key, group => long.Parse(group.First().Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture));
        long Value(string name, long otherwise) => fields.GetValueOrDefault(name, otherwise);

        Assert.Equal(Value("profile_idc", -1), set.Profile);
        Assert.Equal(Value("level_idc", -1), set.Level);
        Assert.Equal(Value("chroma_format_idc", 1), set.ChromaFormat);
        Assert.Equal(Value("bit_depth_luma_minus8", 0) + 8, set.BitDepthLuma);
        Assert.Equal(Value("pic_order_cnt_type", -1), set.PictureOrderType);
        Assert.Equal(Value("max_num_ref_frames", -1), set.MaxReferenceFrames);
        Assert.Equal(Value("frame_mbs_only_flag", -1) == 1, set.IsFrameOnly);
        Assert.Equal(size, $"{set.Width}x{set.Height}");
        Assert.Equal((Value("num_units_in_tick", -1), Value("time_scale", -1)), (set.Timing?.UnitsInTick ?? -1L, set.Timing?.TimeScale ?? -1L));
        Assert.Equal(Value("matrix_coefficients", 2), set.Colour?.Matrix ?? 2);
        Assert.Equal(Value("video_full_range_flag", 0) == 1, set.Colour?.IsFullRange ?? false);
        Assert.Equal(Value("max_num_reorder_frames", -1), set.MaxReorderFrames ?? -1);
        Assert.Equal(Value("max_dec_frame_buffering", -1), set.MaxFrameBuffering ?? -1);
        if (encoding.Contains("setsar=16/11", StringComparison.Ordinal))
            Assert.Equal((16, 11), set.SampleAspectRatio);

        var rewritten = SequenceParameterSet.TryParse(UsabilityRewriter.Rewrite(record.SequenceParameterSets[0].Span, 5), out reason);
        Assert.True(rewritten is not null, reason);
        Assert.Equal(
            set with { MaxReorderFrames = 5, MaxFrameBuffering = Math.Max(5, Math.Max(set.MaxReferenceFrames, set.MaxFrameBuffering ?? 0)), Colour = set.Colour ?? ColourDescription.Unspecified },
            rewritten);
    }

    [Theory]
    [InlineData(0, "shorter")]
    [InlineData(4, "length size 3")]
    [InlineData(5, "no sequence parameter set")]
    [InlineData(6, "cut short")]
    [InlineData(1, "version")]
    public async Task A_damaged_record_is_refused_with_its_reason(int damage, string reason)
    {
        var (_, bytes) = await RecordAsync("-bf 3");
        var broken = damage switch
        {
            0 => bytes[..6],
            1 => [9, .. bytes[1..]],
            4 => [.. bytes[..4], 0xFE, .. bytes[5..]],
            5 => [.. bytes[..5], 0xE0, .. bytes[6..]],
            _ => [.. bytes[..6], 0x7F, 0xFF, .. bytes[8..]],
        };
        Assert.Null(AvcDecoderConfigurationRecord.TryParse(broken, out var told));
        Assert.Contains(reason, told, StringComparison.Ordinal);
    }

    [Fact]
    public void Level_and_size_bound_the_reordering_that_a_silent_set_may_do()
    {
        var set = new SequenceParameterSet
        {
            Profile = 100,
            Constraints = 0,
            Level = 40,
            Id = 0,
            ChromaFormat = 1,
            BitDepthLuma = 8,
            BitDepthChroma = 8,
            PictureOrderType = 0,
            MaxReferenceFrames = 4,
            IsFrameOnly = true,
            Width = 1920,
            Height = 1080,
            MacroblocksInFrame = 8160,
        };
        Assert.Equal(4, set.ReorderBound); // table A-1: MaxDpbMbs 32,768 at level 4
        Assert.Equal(0, (set with { Profile = 66 }).ReorderBound);
        Assert.Equal(0, (set with { PictureOrderType = 2 }).ReorderBound);
        Assert.Equal(2, (set with { MaxReorderFrames = 2 }).ReorderBound);
    }

    [GeneratedRegex(@"\] \d+ +([a-z0-9_]+(?:\[\d+\])?) +[01]+ = (-?\d+)")]
    private static partial Regex Field();
}
