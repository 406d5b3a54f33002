using IntegrityGate.Media.Av1;

namespace IntegrityGate.Media.Splicing;

/// <summary>Options of SVT-AV1: same bit depth, shape and colour as the source.</summary>
internal static class Av1Arguments
{
    /// <summary>Pictures from one key frame to the next: more than any GOP has, since each GOP has an encoder of its own.</summary>
    private const int KeyInterval = 65_535;

    /// <summary>The encoder and its options.</summary>
    public static string Of(EncoderSetup setup, SpliceOptions options)
    {
        var source = ((ActiveSequence)setup.Video).Header;
        var kilobits = Math.Max(1, setup.PeakRateBps / 1000);
        // Low delay, no look-ahead: every picture is shown when it is decoded, so that decoding and presentation times are one.
        // Constant rate (2), which in low delay stays within a tenth of what is asked even over two seconds, and takes far less for a
        // still picture; a rate factor with a cap overshoots it by 0.3 to 1.8 (measured, 720p at 0.5 to 3 Mbit/s).
        var parameters = EncoderArguments.Say($"pred-struct=1:lookahead=0:scd=0:rc=2:lp={options.EncoderThreads}");
        return EncoderArguments.Say($"-c:v libsvtav1 -preset {options.Av1Preset} -b:v {kilobits}k -g {KeyInterval} -svtav1-params {parameters} ")
            + EncoderArguments.Say($"-bsf:v av1_metadata=color_range={(source.Colour.IsFullRange ? "pc" : "tv")}:color_primaries={source.Colour.Primaries}:")
            + EncoderArguments.Say($"transfer_characteristics={source.Colour.Transfer}:matrix_coefficients={source.Colour.Matrix}:chroma_sample_position={source.ChromaSamplePosition} ");
    }
}
