using System.Globalization;
using System.Text.RegularExpressions;
using IntegrityGate.Media.Av1;
using IntegrityGate.Media.Tests.Codecs;
using IntegrityGate.Media.Tests.H264;

namespace IntegrityGate.Media.Tests.Av1;

/// <summary>Real AV1 sequence headers, made by libaom and SVT-AV1, read by us and by ffmpeg's own trace.</summary>
[Collection("ffmpeg")]
public sealed partial class SequenceHeaderTests
{
    private const string Aom = "-c:v libaom-av1 -usage realtime -cpu-used 8";

    [Theory]
    [InlineData(Aom, "320x180", 1, 8)]
    [InlineData(Aom + " -pix_fmt yuv420p10le -color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc", "638x358", 1, 10)]
    [InlineData(Aom + " -color_range pc -color_primaries bt709 -color_trc bt709 -colorspace bt709", "1278x718", 1, 8)]
    [InlineData(Aom + " -pix_fmt yuv444p", "322x182", 3, 8)]
    [InlineData(Aom + " -pix_fmt yuv422p", "322x182", 2, 8)]
    [InlineData(Aom + " -pix_fmt yuv422p12le", "322x182", 2, 12)]
    [InlineData(Aom + " -pix_fmt gray", "320x180", 0, 8)]
    [InlineData(Aom + " -still-picture 1 -frames:v 1", "320x180", 1, 8)]
    [InlineData("-c:v libsvtav1 -preset 12", "320x180", 1, 8)]
    [InlineData("-c:v libsvtav1 -preset 12 -pix_fmt yuv420p10le", "642x362", 1, 10)]
    [InlineData("-c:v libsvtav1 -preset 12 -bsf:v av1_metadata=tick_rate=30:num_ticks_per_picture=1", "320x180", 1, 8)]
    public async Task Every_field_is_what_ffmpeg_reads(string encoding, string size, int chroma, int depth)
    {
        var path = await TestMedia.ClipAsync($"-f lavfi -i testsrc2=s={size}:r=30:d=0.2 {encoding}", ".mp4");
        var samples = await EnhancedClips.SamplesAsync(path, isAv1: true);
        var record = Av1CodecConfigurationRecord.TryParse(samples.VideoConfiguration, out var reason);
        Assert.True(record?.Parsed is not null, reason);
        var header = record.Parsed;
        var (_, _, trace) = await FfmpegTool.RunAsync("ffmpeg", "-v", "verbose", "-i", path, "-map", "0:v", "-c", "copy", "-bsf:v", "trace_headers", "-frames:v", "1", "-f", "null", "-");
        var fields = Field().Matches(trace[trace.IndexOf("Sequence Header", StringComparison.Ordinal)..])
            .GroupBy(match => match.Groups[1].Value).ToDictionary(group => group.Key, group => long.Parse(group.First().Groups[2].Value, CultureInfo.InvariantCulture));
        long Value(string name, long otherwise) => fields.GetValueOrDefault(name, otherwise);

        Assert.Equal(Value("seq_profile", -1), header.Profile);
        Assert.Equal(Value("seq_level_idx[0]", -1), header.Level);
        Assert.Equal(Value("still_picture", -1) == 1, header.IsStill);
        Assert.Equal(Value("reduced_still_picture_header", -1) == 1, header.IsReduced);
        Assert.Equal(size, $"{header.Width}x{header.Height}");
        Assert.Equal((chroma, depth), (header.ChromaFormat, header.BitDepth));
        Assert.Equal(Value("color_primaries", 2), header.Colour.Primaries);
        Assert.Equal(Value("transfer_characteristics", 2), header.Colour.Transfer);
        Assert.Equal(Value("matrix_coefficients", 2), header.Colour.Matrix);
        Assert.Equal(Value("color_range", 0) == 1, header.Colour.IsFullRange);
        Assert.Equal(Value("chroma_sample_position", 0), header.ChromaSamplePosition);
        Assert.Equal((Value("num_units_in_display_tick", -1), Value("time_scale", -1)), (header.Timing?.UnitsInTick ?? -1L, header.Timing?.TimeScale ?? -1L));

        var written = Av1CodecConfigurationRecord.Write(record.SequenceHeader.Span, header);
        Assert.Equal(samples.VideoConfiguration.AsSpan(0, 3), written.AsSpan(0, 3));
        Assert.Equal(header, Av1CodecConfigurationRecord.TryParse(written, out _)!.Parsed);
    }

    [Theory]
    [InlineData("810000", "shorter")]
    [InlineData("01000C00", "marker")]
    [InlineData("81000C000A0A0000", "cut short")]
    [InlineData("81000C000A03E00000", "reserved")]
    public void A_damaged_record_is_refused_with_its_reason(string bytes, string reason)
    {
        Assert.Null(Av1CodecConfigurationRecord.TryParse(Convert.FromHexString(bytes), out var told));
        Assert.Contains(reason, told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_without_a_sequence_header_leaves_it_to_the_key_frame()
    {
        var record = Av1CodecConfigurationRecord.TryParse([0x81, 0, 0x0C, 0], out _)!;
        Assert.Null(record.Parsed);
        var configuration = new Av1Configuration(record);
        Assert.Null(configuration.OfHeader(out var reason));
        Assert.NotNull(reason);
        Assert.Equal(64, configuration.Find(Corpus.Of("unit", "av1-svt")[0], out _)!.Width);
    }

    [Fact]
    public void Only_a_key_frame_that_is_shown_at_once_is_an_entry()
    {
        var units = Corpus.Of("unit", "av1-svt").Select(bytes => TemporalUnit.Read(bytes)).ToList();
        Assert.True(units[0] is { IsKey: true, HasSequenceHeader: true, HasPicture: true });
        Assert.DoesNotContain(units.Skip(1), unit => unit.IsKey);
        Assert.Contains(units, unit => unit is { ShowsExisting: true, HasPicture: true });
        Assert.False(TemporalUnit.Read([0x32, 1, 0x00]).IsKey); // a forward key frame: show_frame is 0
        Assert.True(TemporalUnit.Read([0x12, 0, 0x32, 1, 0x10]).IsKey);
        Assert.True(TemporalUnit.Read([0x32, 9, 0x10]).IsDamaged);
    }

    [GeneratedRegex(@"\] \d+ +([a-z0-9_]+(?:\[\d+\])?) +[01]+ = (-?\d+)")]
    private static partial Regex Field();
}
