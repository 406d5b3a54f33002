using IntegrityGate.Media.H264;

namespace IntegrityGate.Media.H265;

/// <summary>
/// SEI that says how a whole stream is to be shown, and which an encoder that did not see it cannot repeat (H.265 D.2.1):
/// a re-encoded key frame carries the publisher's.
/// </summary>
internal static class LastingMessages
{
    /// <summary>1 KiB: the messages have 24, 4 and 1 bytes.</summary>
    private const int MaxBytes = 1024;

    private const uint MasteringDisplay = 137;
    private const uint ContentLightLevel = 144;
    private const uint AlternativeTransfer = 147;

    /// <summary>True for an SEI NAL unit that holds such messages and no others.</summary>
    public static bool IsLasting(ReadOnlySpan<byte> unit)
    {
        if (unit.Length is <= NalUnit.HeaderLength or > MaxBytes)
            return false;
        var rest = RbspBytes.Unescape(unit[NalUnit.HeaderLength..]).AsMemory();
        var messages = 0;
        while (rest.Length > 1 && SeiMessage.Next(ref rest, out var type, out _)) // the last byte is the stop bit's
        {
            if (type is not (MasteringDisplay or ContentLightLevel or AlternativeTransfer))
                return false;
            messages++;
        }

        return messages > 0;
    }
}
