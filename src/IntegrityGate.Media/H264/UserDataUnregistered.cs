namespace IntegrityGate.Media.H264;

/// <summary>A user_data_unregistered SEI message (H.264 D.1.7): sixteen bytes that say whose it is, then anything.</summary>
/// <param name="Owner">uuid_iso_iec_11578, in the byte order of the standard.</param>
/// <param name="Data">user_data_payload_byte.</param>
public sealed record UserDataUnregistered(Guid Owner, ReadOnlyMemory<byte> Data)
{
    /// <summary>64 KiB: marks take some hundred bytes, an encoder's banner some thousand.</summary>
    public const int MaxBytes = 64 * 1024;

    private const uint PayloadType = 5;

    /// <summary>Reads the messages of one SEI NAL unit; what does not fit ends the walk. Never throws.</summary>
    public static IReadOnlyList<UserDataUnregistered> Read(NalUnit unit)
    {
        if (unit.Type != NalUnitType.Sei || unit.Bytes.Length > MaxBytes)
            return [];
        var found = new List<UserDataUnregistered>();
        var rest = RbspBytes.Unescape(unit.Bytes[1..]).AsMemory();
        while (SeiMessage.Next(ref rest, out var type, out var body))
        {
            if (type == PayloadType && body.Length >= 16)
                found.Add(new UserDataUnregistered(new Guid(body.Span[..16], bigEndian: true), body[16..]));
        }

        return found;
    }
}
