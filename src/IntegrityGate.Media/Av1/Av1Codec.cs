using System.Buffers;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Codecs;
using IntegrityGate.Media.Matroska;

namespace IntegrityGate.Media.Av1;

/// <summary>AV1, which goes to and from ffmpeg in Matroska: its FLV reader and writer take AV1 from release 6.1 on only.</summary>
internal sealed class Av1Codec : VideoCodec
{
    private const string Track = "V_AV1"; // "Matroska / WebM binding of AV1"

    /// <summary>The one of it.</summary>
    public static Av1Codec Instance { get; } = new();

    /// <inheritdoc/>
    public override MediaCodec Codec => MediaCodec.Av1;

    /// <inheritdoc/>
    public override string Container => "matroska";

    /// <summary>ffmpeg 5.1 does not pass forced key frames to SVT-AV1 1.4 (measured: one key frame in three GOPs).</summary>
    public override bool CanForceKeyFrames => false;

    /// <inheritdoc/>
    public override int ProbeSide => Av1Probe.Side;

    /// <inheritdoc/>
    public override DecoderConfiguration? ReadConfiguration(ReadOnlySpan<byte> bytes, out string? reason) =>
        Av1CodecConfigurationRecord.TryParse(bytes, out reason) is { } record ? new Av1Configuration(record) : null;

    /// <inheritdoc/>
    public override void WriteStart(IBufferWriter<byte> output, ActiveVideo video, int reorder, (long Numerator, long Denominator)? rate)
    {
        var sequence = (ActiveSequence)video;
        MatroskaWriter.WriteStart(output, Track, Av1CodecConfigurationRecord.Write(sequence.Unit.Span, sequence.Header), video, rate);
    }

    /// <inheritdoc/>
    public override void WriteStart(IBufferWriter<byte> output) => MatroskaWriter.WriteStart(output, Track, Av1Probe.Configuration, null, null);

    /// <inheritdoc/>
    public override void WriteFirst(IBufferWriter<byte> output, long at, int compositionMs, ActiveVideo video, int reorder, ReadOnlySpan<byte> unit)
    {
        var place = video.PlaceForInBand(unit, out var hasOwn);
        MatroskaWriter.WriteBlock(output, at + compositionMs, isKey: true, hasOwn ? unit : [.. unit[..place], .. ((ActiveSequence)video).Unit.Span, .. unit[place..]]);
    }

    /// <inheritdoc/>
    public override void WriteNext(IBufferWriter<byte> output, long at, int compositionMs, ActiveVideo video, ReadOnlySpan<byte> unit) =>
        MatroskaWriter.WriteBlock(output, at + compositionMs, TemporalUnit.Read(unit).IsKey, unit);

    /// <inheritdoc/>
    public override void WriteProbe(IBufferWriter<byte> output, long at) => MatroskaWriter.WriteBlock(output, at, isKey: true, Av1Probe.TemporalUnit);

    /// <inheritdoc/>
    public override IEncodedReader CreateReader() => new MatroskaReader(MediaCodec.Av1);
}
