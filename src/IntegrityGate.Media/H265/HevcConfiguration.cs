using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Codecs;
using IntegrityGate.Media.H264;

namespace IntegrityGate.Media.H265;

/// <summary>An HEVC sequence header in force.</summary>
internal sealed class HevcConfiguration(HevcDecoderConfigurationRecord record) : DecoderConfiguration
{
    /// <inheritdoc/>
    public override MediaCodec Codec => MediaCodec.Hevc;

    /// <inheritdoc/>
    public override CodedPicture Look(ReadOnlySpan<byte> unit) => AccessUnit.Read(unit, record.LengthSize).Picture;

    /// <inheritdoc/>
    public override ActiveVideo? Find(ReadOnlySpan<byte> keyFrame, out string? reason)
    {
        var sets = new ParameterSetTable(record);
        uint? wanted = null;
        List<ReadOnlyMemory<byte>> messages = [.. record.Messages.Where(message => LastingMessages.IsLasting(message.Span))];
        var reader = new AvccReader(keyFrame, record.LengthSize);
        while (reader.Next())
        {
            var unit = new NalUnit(reader.Current.Bytes);
            if (unit.IsParameterSet)
                sets.Add(unit.Bytes.ToArray());
            else if (unit.Type == NalUnitType.PrefixSei && LastingMessages.IsLasting(unit.Bytes))
                messages.Add(unit.Bytes.ToArray());
            else if (unit.IsSlice)
                wanted ??= PictureSetOf(unit);
        }

        if (wanted is not { } id)
            return Fail("no slice in the access unit", out reason);
        return sets.TryFind(id, out var found, out reason)
            ? new ActiveParameterSets(found.Sequence, found.Video, found.SequenceBytes, found.Pictures, messages, record.LengthSize)
            : null;
    }

    /// <inheritdoc/>
    public override ActiveVideo? OfHeader(out string? reason) =>
        record.PictureParameterSets.Count == 0 ? Fail("the sequence header holds no picture parameter set", out reason)
        : new ParameterSetTable(record).TryFindFirst(out var found, out reason)
            ? new ActiveParameterSets(found.Sequence, found.Video, found.SequenceBytes, found.Pictures, [], record.LengthSize)
            : null;

    // slice_segment_header (7.3.6.1), as far as the picture parameter set's id.
    private static uint? PictureSetOf(NalUnit slice)
    {
        var bits = new BitReader(RbspBytes.Unescape(slice.Bytes[NalUnit.HeaderLength..Math.Min(slice.Bytes.Length, 24)]));
        bits.Flag(); // first_slice_segment_in_pic_flag
        if (slice.IsAccess)
            bits.Flag(); // no_output_of_prior_pics_flag
        var id = bits.Unsigned();
        return bits.IsOverrun ? null : id;
    }

    private static ActiveVideo? Fail(string why, out string? reason)
    {
        reason = why;
        return null;
    }
}
