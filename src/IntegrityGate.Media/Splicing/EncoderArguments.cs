using System.Globalization;
using IntegrityGate.Core.Labels;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Codecs;
using IntegrityGate.Media.H264;

namespace IntegrityGate.Media.Splicing;

/// <summary>The ffmpeg options that make a re-encoded segment fit its source: same codec, format, shape, colour and time stamps.</summary>
internal static class EncoderArguments
{
    /// <summary>
    /// Options before the input. A probe of one packet and one decoder thread, so that no picture is held back beyond what the stream
    /// itself reorders; time stamps as they are.
    /// </summary>
    public const string Input = "-hide_banner -nostdin -nostats -v error -protocol_whitelist unix,pipe -probesize 32 -analyzeduration 0 -threads 1 -copyts";

    /// <summary>Each picture is a cluster of its own, which goes out when the next one begins: the muxer has no shorter way on a pipe.</summary>
    private const string MatroskaOptions = "-live 1 -cluster_size_limit 1 -flush_packets 1";

    /// <summary>
    /// Level of the label's white on a PQ signal: 203 cd/m2, reference white (ITU-R BT.2408 2.2), where full scale would be 10,000.
    /// </summary>
    private const double WhiteInPq = 0.58;

    /// <summary>Level of the label's white on an HLG signal: reference white (ITU-R BT.2408 2.2).</summary>
    private const double WhiteInHlg = 0.75;

    /// <summary>Options before the output.</summary>
    /// <param name="setup">The source.</param>
    /// <param name="label">The label.</param>
    /// <param name="labelPath">Where its PNG lies; holds neither quotes nor filter syntax.</param>
    /// <param name="options">Encoder settings.</param>
    /// <param name="zero">What to take off the source's time stamps to get the encoder's, ms; used for a resumption only.</param>
    public static string Output(EncoderSetup setup, LabelImage label, string labelPath, SpliceOptions options, long zero)
    {
        var from = setup.Resume is { } resume ? Say($"select=gte(pts\\,{resume.FirstPts - zero}),") : "";
        var (overlay, plate) = Format(setup.Video);
        var graph = Say($"movie={labelPath},{Shade(setup.Video.Colour)},format={plate}[label];")
            + Say($"[0:v:0]{from}null[picture];[picture][label]overlay=x={label.X}:y={label.Y}:format={overlay}[out]");
        return Say($"-filter_complex_threads 1 -filter_complex \"{graph}\" -map [out] -an -fps_mode passthrough -enc_time_base 1:1000 ")
            + setup.Codec.Codec switch
            {
                MediaCodec.H264 => H264Arguments.Of(setup, options) + "-flush_packets 1 -flvflags no_duration_filesize",
                MediaCodec.Hevc => H265Arguments.Of(setup, options) + MatroskaOptions,
                _ => Av1Arguments.Of(setup, options) + MatroskaOptions,
            };
    }

    /// <summary>The source's own rate where it is one of a camera, otherwise the measured one.</summary>
    public static (long Numerator, long Denominator) Rate(EncoderSetup setup) =>
        setup.Video.Rate ?? (setup.FramesPerSecond is >= 1 and <= 300 ? ((long)Math.Round(setup.FramesPerSecond * 1000), 1000) : (30, 1));

    /// <summary>How a source's shape and colour are written for ffmpeg's h264_metadata and hevc_metadata filters; what it does not say is left out.</summary>
    public static IEnumerable<string> Usability((int Width, int Height)? sampleAspectRatio, ColourDescription? colour, int? chromaSampleLocation)
    {
        if (sampleAspectRatio is { } ratio)
            yield return Say($"sample_aspect_ratio={ratio.Width}/{ratio.Height}");
        if (colour is not null)
        {
            yield return Say($"video_format={colour.VideoFormat}:video_full_range_flag={(colour.IsFullRange ? 1 : 0)}");
            yield return Say($"colour_primaries={colour.Primaries}:transfer_characteristics={colour.Transfer}:matrix_coefficients={colour.Matrix}");
        }

        if (chromaSampleLocation is { } location)
            yield return Say($"chroma_sample_loc_type={location}");
    }

    /// <summary>Formats numbers as ffmpeg reads them.</summary>
    public static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // The label is RGB in the PNG; it is turned into the picture's own colour matrix and range, and its white into the picture's white.
    private static string Shade(ColourDescription? colour)
    {
        var white = colour?.Transfer switch { 16 => WhiteInPq, 18 => WhiteInHlg, _ => 1 };
        var matrix = colour?.Matrix switch { 1 => "bt709", 9 or 10 => "bt2020", 4 => "fcc", 7 => "smpte240m", _ => "bt601" };
        var range = colour?.IsFullRange == true ? "full" : "limited";
        var dim = white < 1 ? Say($"lutrgb=r=val*{white}:g=val*{white}:b=val*{white},") : "";
        return dim + $"scale=out_color_matrix={matrix}:out_range={range}";
    }

    private static (string Overlay, string Plate) Format(ActiveVideo video) => (video.ChromaFormat, video.BitDepth) switch
    {
        (1, 8) => ("yuv420", "yuva420p"),
        (1, 10) => ("yuv420p10", "yuva420p10"),
        (2, 8) => ("yuv422", "yuva422p"),
        (2, 10) => ("yuv422p10", "yuva422p10"),
        (3, 8) => ("yuv444", "yuva444p"),
        _ => throw new InvalidOperationException("Refused sources are not encoded."),
    };
}
