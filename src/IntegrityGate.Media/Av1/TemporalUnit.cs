using IntegrityGate.Media.Codecs;

namespace IntegrityGate.Media.Av1;

/// <summary>What one AV1 temporal unit holds, read from the first bits of its first frame header.</summary>
/// <param name="HasPicture">True when it holds a frame, or shows one that came before.</param>
/// <param name="IsKey">
/// True when its first frame is a key frame that is shown at once: all that comes after needs nothing from before (AV1 7.6.2). A
/// key frame that is hidden at first (a forward key frame) is none: frames of the time before it may be shown after it.
/// </param>
/// <param name="ShowsExisting">True when its first frame header shows a frame that came before (show_existing_frame).</param>
/// <param name="HasSequenceHeader">True when it holds a sequence header.</param>
/// <param name="IsDamaged">True when a unit does not fit the bytes.</param>
public readonly record struct TemporalUnit(bool HasPicture, bool IsKey, bool ShowsExisting, bool HasSequenceHeader, bool IsDamaged)
{
    private const int KeyFrame = 0; // frame_type, 6.8.2

    /// <summary>Looks into a temporal unit.</summary>
    /// <param name="unit">The coded data, without the tag header.</param>
    public static TemporalUnit Read(ReadOnlySpan<byte> unit)
    {
        var reader = new ObuReader(unit);
        bool picture = false, key = false, existing = false, sequence = false;
        while (reader.Next())
        {
            sequence |= reader.Type == ObuType.SequenceHeader;
            if (picture || reader.Type is not (ObuType.Frame or ObuType.FrameHeader) || reader.Payload.IsEmpty)
                continue;
            picture = true;
            var first = reader.Payload[0]; // uncompressed_header (5.9.2): show_existing_frame, frame_type, show_frame
            existing = (first & 0x80) != 0;
            key = !existing && ((first >> 5) & 3) == KeyFrame && (first & 0x10) != 0;
        }

        return new TemporalUnit(picture, key, existing, sequence, reader.IsDamaged);
    }

    /// <summary>What this is to whoever wants to start or to stop here.</summary>
    internal CodedPicture Picture => new(HasPicture, IsEntry: IsKey, IsDamaged: IsDamaged);
}
