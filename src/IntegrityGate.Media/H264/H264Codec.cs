using System.Buffers;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Codecs;
using IntegrityGate.Media.Decoding;
using IntegrityGate.Media.Ffmpeg;
using IntegrityGate.Media.Flv;

namespace IntegrityGate.Media.H264;

/// <summary>H.264, which goes to and from ffmpeg in legacy FLV tags.</summary>
internal sealed class H264Codec : VideoCodec
{
    /// <summary>The one of it.</summary>
    public static H264Codec Instance { get; } = new();

    /// <inheritdoc/>
    public override MediaCodec Codec => MediaCodec.H264;

    /// <inheritdoc/>
    public override string Container => "flv";

    /// <inheritdoc/>
    public override int ProbeSide => ProbePicture.Side;

    /// <inheritdoc/>
    public override DecoderConfiguration? ReadConfiguration(ReadOnlySpan<byte> bytes, out string? reason) =>
        AvcDecoderConfigurationRecord.TryParse(bytes, out reason) is { } record ? new AvcConfiguration(record) : null;

    /// <inheritdoc/>
    public override void WriteStart(IBufferWriter<byte> output, ActiveVideo video, int reorder, (long Numerator, long Denominator)? rate)
    {
        WriteStart(output);
        WriteConfiguration(output, 0, video, reorder);
    }

    /// <inheritdoc/>
    public override void WriteStart(IBufferWriter<byte> output) => AvcTag.WriteFileHeader(output);

    /// <inheritdoc/>
    public override void WriteConfiguration(IBufferWriter<byte> output, long at, ActiveVideo video, int reorder)
    {
        var sets = (ActiveParameterSets)video;
        var rewritten = UsabilityRewriter.Rewrite(sets.SequenceBytes.Span, reorder);
        AvcTag.WriteSequenceHeader(output, at, new AvcDecoderConfigurationRecord(sets.LengthSize, [rewritten ?? sets.SequenceBytes], sets.Pictures).Write());
    }

    /// <inheritdoc/>
    public override void WriteFirst(IBufferWriter<byte> output, long at, int compositionMs, ActiveVideo video, int reorder, ReadOnlySpan<byte> unit) =>
        AvcTag.WriteAccessUnit(output, at, isKey: true, compositionMs, Without(unit, ((ActiveParameterSets)video).LengthSize, recoveryPoints: false));

    /// <inheritdoc/>
    public override void WriteNext(IBufferWriter<byte> output, long at, int compositionMs, ActiveVideo video, ReadOnlySpan<byte> unit)
    {
        // In-band parameter sets would undo the rewritten one. A recovery point would make ffmpeg force a key frame where the source has no IDR.
        var lengthSize = ((ActiveParameterSets)video).LengthSize;
        var facts = AccessUnit.Read(unit, lengthSize);
        var dropsPoint = facts is { HasSei: true, IsIdr: false };
        AvcTag.WriteAccessUnit(output, at, facts.IsIdr, compositionMs, facts.HasParameterSets || dropsPoint ? Without(unit, lengthSize, dropsPoint) : unit);
    }

    /// <inheritdoc/>
    public override void WriteProbe(IBufferWriter<byte> output, long at) => ProbePicture.Write(output, at);

    /// <inheritdoc/>
    public override IEncodedReader CreateReader() => new FlvEncodedReader();

    private static ReadOnlySpan<byte> Without(ReadOnlySpan<byte> unit, int lengthSize, bool recoveryPoints)
    {
        var kept = new ArrayBufferWriter<byte>(unit.Length);
        var reader = new AvccReader(unit, lengthSize);
        while (reader.Next())
        {
            var nal = reader.Current;
            if (nal.Type is not (NalUnitType.SequenceParameterSet or NalUnitType.PictureParameterSet)
                && !(recoveryPoints && nal.Type == NalUnitType.Sei && SeiMessage.Holds(nal, SeiMessage.RecoveryPoint)))
                AvccWriter.Write(kept, nal.Bytes, lengthSize);
        }

        return kept.WrittenSpan;
    }
}
