using System.Globalization;
using IntegrityGate.Core.Labels;
using IntegrityGate.Media.H264;

namespace IntegrityGate.Media.Splicing;

/// <summary>The ffmpeg options that make a re-encoded segment fit its source: same profile, level, format, shape, colour and time stamps.</summary>
internal static class EncoderArguments
{
    /// <summary>
    /// Options before the input. A probe of one packet and one decoder thread, so that no picture is held back beyond what the stream
    /// itself reorders; time stamps as they are.
    /// </summary>
    public const string Input = "-hide_banner -nostdin -nostats -v error -protocol_whitelist unix,pipe -probesize 32 -analyzeduration 0 -threads 1 -copyts";

    /// <summary>Why a source cannot be re-encoded to its own kind, or null when it can.</summary>
    public static string? Refusal(SequenceParameterSet source)
    {
        if (!source.IsFrameOnly)
            return "interlaced H.264 cannot be stamped yet";
        if (ProfileName(source) is null)
            return $"H.264 profile {source.Profile} cannot be stamped yet";
        return Format(source) is null
            ? $"H.264 with chroma format {source.ChromaFormat} and {source.BitDepthLuma} bits cannot be stamped yet"
            : null;
    }

    /// <summary>Options before the output.</summary>
    /// <param name="setup">The source.</param>
    /// <param name="label">The label.</param>
    /// <param name="labelPath">Where its PNG lies; holds neither quotes nor filter syntax.</param>
    /// <param name="options">Encoder settings.</param>
    /// <param name="zero">What to take off the source's time stamps to get the encoder's, ms; used for a resumption only.</param>
    public static string Output(EncoderSetup setup, LabelImage label, string labelPath, SpliceOptions options, long zero)
    {
        var source = setup.Sets.Sequence;
        var (overlay, plate) = Format(source) ?? throw new InvalidOperationException("Refused sources are not encoded.");
        var from = setup.Resume is { } resume ? Say($"select=gte(pts\\,{resume.FirstPts - zero}),") : "";
        // The plate is turned into the picture's own colour matrix and range; both are RGB in the PNG.
        var matrix = source.Colour?.Matrix switch { 1 => "bt709", 9 or 10 => "bt2020", 4 => "fcc", 7 => "smpte240m", _ => "bt601" };
        var range = source.Colour?.IsFullRange == true ? "full" : "limited";
        var graph = Say($"movie={labelPath},scale=out_color_matrix={matrix}:out_range={range},format={plate}[label];")
            + Say($"[0:v:0]{from}null[picture];[picture][label]overlay=x={label.X}:y={label.Y}:format={overlay}[out]");

        var kilobits = Math.Max(1, setup.PeakRateBps / 1000);
        return Say($"-filter_complex_threads 1 -filter_complex \"{graph}\" -map [out] -an -fps_mode passthrough -enc_time_base 1:1000 ")
            + Say($"-c:v libx264 -preset {options.Preset} -profile:v {ProfileName(source)} -level:v {LevelName(source)} -bf 0 ")
            + Say($"-force_key_frames source -forced-idr 1 -sc_threshold 0 -crf {options.RateFactor} -maxrate {kilobits}k -bufsize {kilobits}k ")
            + Say($"-x264-params {EncoderParameters(setup, options)} ")
            + (UsabilityOptions(source, setup.FramesPerSecond) is { Length: > 0 } usability ? $"-bsf:v h264_metadata={usability} " : "")
            + "-flush_packets 1 -flvflags no_duration_filesize";
    }

    private static string EncoderParameters(EncoderSetup setup, SpliceOptions options)
    {
        var source = setup.Sets.Sequence;
        var (numerator, denominator) = Rate(source, setup.FramesPerSecond);
        // No look-ahead, slice threads only: a picture that goes in comes out. No IDR but where the source has one. The transforms that
        // a profile is named after stay on whatever the preset, since x264 writes the profile that it needs and not the one asked for.
        var parameters = Say($"rc-lookahead=0:sync-lookahead=0:mbtree=0:keyint=infinite:sliced-threads=1:threads={options.EncoderThreads}:fps={numerator}/{denominator}");
        // fixed_frame_rate_flag as the source has it, by x264 itself: set afterwards, it would contradict what the encoder's
        // header leaves to be inferred from it (E.2.1, low_delay_hrd_flag), and the filter refuses to write that.
        parameters += source.Timing?.IsFixedRate == true ? ":force-cfr=1" : ":force-cfr=0";
        if (source.Profile >= 100)
            parameters += ":8x8dct=1";
        if (source.Profile != 66)
            parameters += ":cabac=1";
        return parameters;
    }

    private static string UsabilityOptions(SequenceParameterSet source, double framesPerSecond)
    {
        var parts = new List<string>();
        if (source.SampleAspectRatio is { } ratio)
            parts.Add(Say($"sample_aspect_ratio={ratio.Width}/{ratio.Height}"));
        if (source.Colour is { } colour)
        {
            parts.Add(Say($"video_format={colour.VideoFormat}:video_full_range_flag={(colour.IsFullRange ? 1 : 0)}"));
            parts.Add(Say($"colour_primaries={colour.Primaries}:transfer_characteristics={colour.Transfer}:matrix_coefficients={colour.Matrix}"));
        }

        if (source.ChromaSampleLocation is { } location)
            parts.Add(Say($"chroma_sample_loc_type={location}"));
        var (numerator, denominator) = Rate(source, framesPerSecond);
        parts.Add(Say($"tick_rate={2L * numerator}/{denominator}"));
        return string.Join(':', parts);
    }

    /// <summary>The source's own rate where it is one of a camera, otherwise the measured one.</summary>
    private static (long Numerator, long Denominator) Rate(SequenceParameterSet source, double measured)
    {
        if (source.Timing is { FramesPerSecond: >= 1 and <= 300, TimeScale: < 1 << 30, UnitsInTick: < 1 << 29 } timing)
            return timing.TimeScale % 2 == 0 ? (timing.TimeScale / 2, timing.UnitsInTick) : (timing.TimeScale, 2L * timing.UnitsInTick);
        return measured is >= 1 and <= 300 ? ((long)Math.Round(measured * 1000), 1000) : (30, 1);
    }

    private static string? ProfileName(SequenceParameterSet source) => source.Profile switch
    {
        66 => "baseline",
        77 or 88 => "main",
        100 => "high",
        110 => "high10",
        122 => "high422",
        244 => "high444",
        _ => null,
    };

    private static string LevelName(SequenceParameterSet source) =>
        source.Level == 9 || (source.Level == 11 && source.Profile is 66 or 77 or 88 && (source.Constraints & 0x10) != 0)
            ? "1b" // A.3.1
            : Say($"{source.Level / 10}.{source.Level % 10}");

    private static (string Overlay, string Plate)? Format(SequenceParameterSet source) => (source.ChromaFormat, source.BitDepthLuma, source.BitDepthChroma) switch
    {
        (1, 8, 8) => ("yuv420", "yuva420p"),
        (1, 10, 10) => ("yuv420p10", "yuva420p10"),
        (2, 8, 8) => ("yuv422", "yuva422p"),
        (2, 10, 10) => ("yuv422p10", "yuva422p10"),
        (3, 8, 8) => ("yuv444", "yuva444p"),
        _ => null,
    };

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
