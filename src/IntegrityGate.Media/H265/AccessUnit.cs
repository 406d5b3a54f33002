using IntegrityGate.Media.Codecs;
using IntegrityGate.Media.H264;

namespace IntegrityGate.Media.H265;

/// <summary>What one HEVC access unit holds, read from its NAL unit headers only.</summary>
/// <param name="FirstSlice">The type of its first slice; null when it holds none.</param>
/// <param name="HasParameterSets">True when it holds a sequence and a picture parameter set.</param>
/// <param name="IsDamaged">True when a length prefix does not fit the bytes.</param>
public readonly record struct AccessUnit(NalUnitType? FirstSlice, bool HasParameterSets, bool IsDamaged)
{
    /// <summary>Looks into an access unit in length-prefixed form.</summary>
    /// <param name="accessUnit">The coded data, without the tag header.</param>
    /// <param name="lengthSize">Bytes of a length prefix: 1, 2 or 4.</param>
    public static AccessUnit Read(ReadOnlySpan<byte> accessUnit, int lengthSize)
    {
        var reader = new AvccReader(accessUnit, lengthSize);
        NalUnitType? slice = null;
        bool sequence = false, picture = false;
        while (reader.Next())
        {
            var unit = new NalUnit(reader.Current.Bytes);
            if (unit.IsSlice)
                slice ??= unit.Type; // all slices of a picture have one type, but for mixed ones of a later edition (7.4.2.2)
            sequence |= unit.Type == NalUnitType.SequenceParameterSet;
            picture |= unit.Type == NalUnitType.PictureParameterSet;
        }

        return new AccessUnit(slice, sequence && picture, reader.IsDamaged);
    }

    /// <summary>What this is to whoever wants to start or to stop here.</summary>
    internal CodedPicture Picture => new(
        FirstSlice is not null,
        IsEntry: FirstSlice is >= NalUnitType.BlaWithLeading and <= NalUnitType.Cra,
        IsOpen: FirstSlice is NalUnitType.BlaWithLeading or NalUnitType.Cra,
        IsLeading: FirstSlice is >= NalUnitType.RadlN and <= NalUnitType.RaslR,
        NeedsPast: FirstSlice is NalUnitType.RaslN or NalUnitType.RaslR,
        IsDamaged: IsDamaged);
}
