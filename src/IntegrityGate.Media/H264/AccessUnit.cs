namespace IntegrityGate.Media.H264;

/// <summary>What one H.264 access unit holds, read from its NAL unit headers only.</summary>
/// <param name="HasPicture">True when it holds slices.</param>
/// <param name="IsIdr">True when it holds a slice of an IDR picture; a tag's key flag alone may mean a recovery point.</param>
/// <param name="IsDisposable">True when it holds slices and no other picture refers to them.</param>
/// <param name="HasParameterSets">True when it holds a sequence and a picture parameter set.</param>
/// <param name="HasSei">True when it holds SEI.</param>
/// <param name="IsDamaged">True when a length prefix does not fit the bytes.</param>
public readonly record struct AccessUnit(bool HasPicture, bool IsIdr, bool IsDisposable, bool HasParameterSets, bool HasSei, bool IsDamaged)
{
    /// <summary>Looks into an access unit in length-prefixed form.</summary>
    /// <param name="accessUnit">The coded data, without the tag header.</param>
    /// <param name="lengthSize">Bytes of a length prefix: 1, 2 or 4.</param>
    public static AccessUnit Read(ReadOnlySpan<byte> accessUnit, int lengthSize)
    {
        var reader = new AvccReader(accessUnit, lengthSize);
        bool idr = false, slices = false, referenced = false, sequence = false, picture = false, sei = false;
        while (reader.Next())
        {
            var type = reader.Current.Type;
            idr |= type == NalUnitType.Idr;
            sequence |= type == NalUnitType.SequenceParameterSet;
            picture |= type == NalUnitType.PictureParameterSet;
            sei |= type == NalUnitType.Sei;
            if (type is >= NalUnitType.Slice and <= NalUnitType.Idr) // 2..4: data partitions
            {
                slices = true;
                referenced |= reader.Current.ReferenceIdc != 0;
            }
        }

        return new AccessUnit(slices, idr, slices && !referenced, sequence && picture, sei, reader.IsDamaged);
    }
}
