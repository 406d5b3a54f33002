using System.Buffers;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Codecs;
using IntegrityGate.Media.H264;
using IntegrityGate.Media.Matroska;

namespace IntegrityGate.Media.H265;

/// <summary>HEVC, which goes to and from ffmpeg in Matroska: its FLV reader and writer take HEVC from release 6.1 on only.</summary>
internal sealed class H265Codec : VideoCodec
{
    private const string Track = "V_MPEGH/ISO/HEVC"; // RFC 9559 refers to the codec registry of Matroska
    private const int FeedLengthSize = 4;

    /// <summary>The one of it.</summary>
    public static H265Codec Instance { get; } = new();

    /// <inheritdoc/>
    public override MediaCodec Codec => MediaCodec.Hevc;

    /// <inheritdoc/>
    public override string Container => "matroska";

    /// <inheritdoc/>
    public override int ProbeSide => HevcProbe.Side;

    /// <inheritdoc/>
    public override DecoderConfiguration? ReadConfiguration(ReadOnlySpan<byte> bytes, out string? reason) =>
        HevcDecoderConfigurationRecord.TryParse(bytes, out reason) is { } record ? new HevcConfiguration(record) : null;

    /// <inheritdoc/>
    public override void WriteStart(IBufferWriter<byte> output, ActiveVideo video, int reorder, (long Numerator, long Denominator)? rate)
    {
        var sets = (ActiveParameterSets)video;
        var record = new HevcDecoderConfigurationRecord(
            FeedLengthSize, sets.VideoBytes.IsEmpty ? [] : [sets.VideoBytes], [Rewritten(sets, reorder)], sets.Pictures, []);
        MatroskaWriter.WriteStart(output, Track, record.Write(), video, rate);
    }

    /// <inheritdoc/>
    public override void WriteStart(IBufferWriter<byte> output) => MatroskaWriter.WriteStart(output, Track, HevcProbe.Configuration, null, null);

    /// <inheritdoc/>
    public override void WriteFirst(IBufferWriter<byte> output, long at, int compositionMs, ActiveVideo video, int reorder, ReadOnlySpan<byte> unit)
    {
        var sets = (ActiveParameterSets)video;
        var bytes = new ArrayBufferWriter<byte>(unit.Length + 256);
        if (!sets.VideoBytes.IsEmpty)
            AvccWriter.Write(bytes, sets.VideoBytes.Span, FeedLengthSize);
        AvccWriter.Write(bytes, Rewritten(sets, reorder).Span, FeedLengthSize);
        foreach (var picture in sets.Pictures)
            AvccWriter.Write(bytes, picture.Span, FeedLengthSize);
        var owned = unit.ToArray();
        sets.MarkBroken(owned); // nobody has what a clean access picture's leading pictures refer to
        Copy(bytes, owned, sets.LengthSize);
        MatroskaWriter.WriteBlock(output, at + compositionMs, isKey: true, bytes.WrittenSpan);
    }

    /// <inheritdoc/>
    public override void WriteNext(IBufferWriter<byte> output, long at, int compositionMs, ActiveVideo video, ReadOnlySpan<byte> unit)
    {
        var lengthSize = ((ActiveParameterSets)video).LengthSize;
        var facts = AccessUnit.Read(unit, lengthSize);
        if (lengthSize == FeedLengthSize && !facts.HasParameterSets)
        {
            MatroskaWriter.WriteBlock(output, at + compositionMs, facts.Picture.IsEntry, unit);
            return;
        }

        var bytes = new ArrayBufferWriter<byte>(unit.Length + 16);
        Copy(bytes, unit, lengthSize);
        MatroskaWriter.WriteBlock(output, at + compositionMs, facts.Picture.IsEntry, bytes.WrittenSpan);
    }

    /// <inheritdoc/>
    public override void WriteProbe(IBufferWriter<byte> output, long at) => MatroskaWriter.WriteBlock(output, at, isKey: true, HevcProbe.AccessUnit);

    /// <inheritdoc/>
    public override IEncodedReader CreateReader() => new MatroskaReader(MediaCodec.Hevc);

    private static ReadOnlyMemory<byte> Rewritten(ActiveParameterSets sets, int reorder) =>
        ReorderRewriter.Rewrite(sets.SequenceBytes.Span, reorder) ?? sets.SequenceBytes;

    // In-band parameter sets would undo the rewritten one, and a delimiter behind our own sets would be out of place.
    private static void Copy(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> unit, int lengthSize)
    {
        var reader = new AvccReader(unit, lengthSize);
        while (reader.Next())
        {
            var nal = new NalUnit(reader.Current.Bytes);
            if (!nal.IsParameterSet && nal.Type != NalUnitType.AccessUnitDelimiter)
                AvccWriter.Write(output, nal.Bytes, FeedLengthSize);
        }
    }
}
