using IntegrityGate.Core.Judging;
using IntegrityGate.Media.Codecs;

namespace IntegrityGate.Media.Splicing;

/// <summary>What an encoder is started for.</summary>
/// <param name="Video">The source.</param>
/// <param name="Directive">The label.</param>
/// <param name="PeakRateBps">Peak rate, bit/s.</param>
/// <param name="FramesPerSecond">Pictures a second, for rate control.</param>
/// <param name="ReorderFrames">Pictures the decoder must be ready to hold back, 0 to 16.</param>
internal sealed record EncoderSetup(
    ActiveVideo Video,
    StampDirective Directive,
    long PeakRateBps,
    double FramesPerSecond,
    int ReorderFrames)
{
    /// <summary>The source's codec, which the encoder's is too.</summary>
    public VideoCodec Codec => VideoCodec.For(Video.Codec)!;

    /// <summary>Set when the encoder finishes a GOP that another one left half done.</summary>
    public Resumption? Resume { get; init; }

    /// <summary>Where a second encoder takes up.</summary>
    /// <param name="FirstDts">Decoding time of the GOP's first packet, ms.</param>
    /// <param name="FirstPts">Presentation time from which on pictures are wanted, ms.</param>
    internal sealed record Resumption(long FirstDts, long FirstPts);
}
