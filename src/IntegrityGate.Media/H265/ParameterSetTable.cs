using IntegrityGate.Media.H264;

namespace IntegrityGate.Media.H265;

/// <summary>HEVC parameter sets by their ids; a later one takes the place of an earlier one (H.265 7.4.2.4.2).</summary>
internal sealed class ParameterSetTable
{
    private readonly Dictionary<uint, ReadOnlyMemory<byte>> _videos = [];
    private readonly Dictionary<uint, ReadOnlyMemory<byte>> _sequences = [];
    private readonly Dictionary<uint, (ReadOnlyMemory<byte> Bytes, uint Sequence)> _pictures = [];

    /// <summary>Begins with a sequence header's sets.</summary>
    public ParameterSetTable(HevcDecoderConfigurationRecord record)
    {
        foreach (var unit in record.VideoParameterSets.Concat(record.SequenceParameterSets).Concat(record.PictureParameterSets))
            Add(unit);
    }

    /// <summary>The sets of one picture.</summary>
    public readonly record struct Found(
        SequenceParameterSet Sequence, ReadOnlyMemory<byte> Video, ReadOnlyMemory<byte> SequenceBytes, IReadOnlyList<ReadOnlyMemory<byte>> Pictures);

    /// <summary>Adds a set; one that is too short to have an id, or longer than any header may be, is left out.</summary>
    public void Add(ReadOnlyMemory<byte> unit)
    {
        if (unit.Length is <= NalUnit.HeaderLength or > HevcDecoderConfigurationRecord.MaxBytes)
            return;
        var nal = new NalUnit(unit.Span);
        if (nal.Layer != 0)
            return;
        switch (nal.Type)
        {
            case NalUnitType.VideoParameterSet:
                _videos[(uint)nal.Bytes[NalUnit.HeaderLength] >> 4] = unit;
                break;
            case NalUnitType.SequenceParameterSet when SequenceParameterSet.TryParse(unit.Span, out _) is { } set:
                _sequences[(uint)set.Id] = unit;
                break;
            case NalUnitType.PictureParameterSet:
                var bits = new BitReader(RbspBytes.Unescape(nal.Bytes[NalUnit.HeaderLength..Math.Min(unit.Length, 16)]));
                var id = Math.Min(bits.Unsigned(), 64);
                _pictures[id] = (unit, Math.Min(bits.Unsigned(), 16));
                break;
        }
    }

    /// <summary>Finds the sets for a picture.</summary>
    /// <param name="pictureSet">slice_pic_parameter_set_id.</param>
    /// <param name="found">What was found.</param>
    /// <param name="reason">Why nothing was found.</param>
    public bool TryFind(uint pictureSet, out Found found, out string? reason)
    {
        found = default;
        if (!_pictures.TryGetValue(pictureSet, out var picture) || !_sequences.TryGetValue(picture.Sequence, out var sequence))
        {
            reason = "a parameter set that the picture refers to is missing";
            return false;
        }

        if (SequenceParameterSet.TryParse(sequence.Span, out reason) is not { } parsed)
            return false;
        found = new Found(
            parsed,
            _videos.GetValueOrDefault((uint)parsed.VideoSetId),
            sequence,
            [.. _pictures.Values.Where(one => one.Sequence == picture.Sequence).Select(one => one.Bytes)]);
        return true;
    }

    /// <summary>Finds the sets for a picture that refers to the picture parameter set of the lowest id.</summary>
    public bool TryFindFirst(out Found found, out string? reason) => TryFind(_pictures.Keys.DefaultIfEmpty().Min(), out found, out reason);
}
