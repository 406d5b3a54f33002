using IntegrityGate.Media.H265;

namespace IntegrityGate.Media.Splicing;

/// <summary>Options of libx265: same bit depth, level, shape and colour as the source.</summary>
internal static class H265Arguments
{
    /// <summary>The encoder and its options.</summary>
    public static string Of(EncoderSetup setup, SpliceOptions options)
    {
        var source = ((ActiveParameterSets)setup.Video).Sequence;
        var kilobits = Math.Max(1, setup.PeakRateBps / 1000);
        var (numerator, denominator) = EncoderArguments.Rate(setup);
        // No look-ahead, no frame threads, no B-frames: a picture that goes in comes out. No IDR but where the source has an entry.
        var parameters = EncoderArguments.Say(
            $"bframes=0:rc-lookahead=0:frame-threads=1:scenecut=0:cutree=0:keyint=-1:open-gop=0:pools={options.EncoderThreads}:fps={numerator}/{denominator}:")
            + EncoderArguments.Say($"vbv-maxrate={kilobits}:vbv-bufsize={kilobits}:repeat-headers=0:info=0:log-level=error");
        return EncoderArguments.Say($"-c:v libx265 -preset {options.HevcPreset} -profile:v {(setup.Video.BitDepth > 8 ? "main10" : "main")} ")
            + EncoderArguments.Say($"-force_key_frames source -forced-idr 1 -crf {options.HevcRateFactor} -x265-params {parameters} ")
            + $"-bsf:v hevc_metadata={Usability(source, numerator, denominator)} ";
    }

    private static string Usability(SequenceParameterSet source, long numerator, long denominator) => string.Join(
        ':',
        [
            EncoderArguments.Say($"level={source.Level}"),
            EncoderArguments.Say($"tick_rate={numerator}/{denominator}"),
            .. EncoderArguments.Usability(source.SampleAspectRatio, source.Colour, source.ChromaSampleLocation),
        ]);
}
