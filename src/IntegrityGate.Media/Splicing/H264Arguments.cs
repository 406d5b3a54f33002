using IntegrityGate.Media.H264;

namespace IntegrityGate.Media.Splicing;

/// <summary>Options of libx264: same profile, level, shape and colour as the source.</summary>
internal static class H264Arguments
{
    /// <summary>The encoder and its options.</summary>
    public static string Of(EncoderSetup setup, SpliceOptions options)
    {
        var source = ((ActiveParameterSets)setup.Video).Sequence;
        var kilobits = Math.Max(1, setup.PeakRateBps / 1000);
        return EncoderArguments.Say($"-c:v libx264 -preset {options.Preset} -profile:v {ProfileName(source)} -level:v {LevelName(source)} -bf 0 ")
            + EncoderArguments.Say($"-force_key_frames source -forced-idr 1 -sc_threshold 0 -crf {options.RateFactor} -maxrate {kilobits}k -bufsize {kilobits}k ")
            + $"-x264-params {Parameters(setup, source, options)} -bsf:v h264_metadata={Usability(setup, source)} ";
    }

    private static string Parameters(EncoderSetup setup, SequenceParameterSet source, SpliceOptions options)
    {
        var (numerator, denominator) = EncoderArguments.Rate(setup);
        // No look-ahead, slice threads only: a picture that goes in comes out. No IDR but where the source has one. The transforms that
        // a profile is named after stay on whatever the preset, since x264 writes the profile that it needs and not the one asked for.
        var parameters = EncoderArguments.Say(
            $"rc-lookahead=0:sync-lookahead=0:mbtree=0:keyint=infinite:sliced-threads=1:threads={options.EncoderThreads}:fps={numerator}/{denominator}");
        // fixed_frame_rate_flag as the source has it, by x264 itself: set afterwards, it would contradict what the encoder's
        // header leaves to be inferred from it (E.2.1, low_delay_hrd_flag), and the filter refuses to write that.
        parameters += source.Timing?.IsFixedRate == true ? ":force-cfr=1" : ":force-cfr=0";
        if (source.Profile >= 100)
            parameters += ":8x8dct=1";
        if (source.Profile != 66)
            parameters += ":cabac=1";
        return parameters;
    }

    private static string Usability(EncoderSetup setup, SequenceParameterSet source)
    {
        var (numerator, denominator) = EncoderArguments.Rate(setup);
        return string.Join(
            ':', [.. EncoderArguments.Usability(source.SampleAspectRatio, source.Colour, source.ChromaSampleLocation), EncoderArguments.Say($"tick_rate={2L * numerator}/{denominator}")]);
    }

    private static string ProfileName(SequenceParameterSet source) => source.Profile switch
    {
        66 => "baseline",
        77 or 88 => "main",
        100 => "high",
        110 => "high10",
        122 => "high422",
        _ => "high444",
    };

    private static string LevelName(SequenceParameterSet source) =>
        source.Level == 9 || (source.Level == 11 && source.Profile is 66 or 77 or 88 && (source.Constraints & 0x10) != 0)
            ? "1b" // A.3.1
            : EncoderArguments.Say($"{source.Level / 10}.{source.Level % 10}");
}
