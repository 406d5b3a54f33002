using System.Buffers.Binary;

namespace IntegrityGate.Media.Flv;

/// <summary>The fields before the coded data of an enhanced video message (E-RTMP v2, "ExVideoTagHeader").</summary>
/// <param name="FrameType">videoFrameType: 1 key frame, 2 inter frame, 5 command.</param>
/// <param name="PacketType">videoPacketType, the one behind modifiers and multitrack.</param>
/// <param name="ModifierLength">Bytes of the modifiers behind the first byte (ModEx); the low nibble of the last one says what follows.</param>
/// <param name="Multitrack">avMultitrackType; null for a message of the one track.</param>
/// <param name="FourCc">The codec; 0 when each track names its own.</param>
/// <param name="Track">videoTrackId of the first track; 0 for a message of the one track.</param>
/// <param name="Length">Bytes up to the packet type's own fields.</param>
internal readonly record struct EnhancedVideoTag(int FrameType, int PacketType, int ModifierLength, int? Multitrack, uint FourCc, int Track, int Length)
{
    /// <summary>Configuration of the decoder.</summary>
    public const int SequenceStart = 0;

    /// <summary>A picture; H.264 and HEVC with a composition offset of three bytes.</summary>
    public const int CodedFrames = 1;

    /// <summary>A picture whose composition offset is 0 and left out.</summary>
    public const int CodedFramesX = 3;

    /// <summary>Colour metadata, in AMF.</summary>
    public const int Metadata = 4;

    /// <summary>videoFrameType of a message with a command in place of a picture.</summary>
    public const int Command = 5;

    /// <summary>avMultitrackType of a message with one track.</summary>
    public const int OneTrack = 0;

    private const int MultitrackType = 6;
    private const int ModifierType = 7;
    private const int ManyCodecs = 2;

    /// <summary>True for an enhanced message at all.</summary>
    public static bool IsEnhanced(ReadOnlySpan<byte> payload) => !payload.IsEmpty && (payload[0] & 0x80) != 0;

    /// <summary>Reads the fields.</summary>
    /// <param name="payload">The message.</param>
    /// <param name="tag">The fields.</param>
    /// <returns>False when the message is not enhanced, or cut short.</returns>
    public static bool TryRead(ReadOnlySpan<byte> payload, out EnhancedVideoTag tag)
    {
        tag = default;
        if (!IsEnhanced(payload))
            return false;
        var packetType = payload[0] & 0x0F;
        var at = 1;
        if (!SkipModifiers(payload, ref at, ref packetType))
            return false;
        var modifiers = at - 1;
        int? multitrack = null;
        if (packetType == MultitrackType)
        {
            if (payload.Length < at + 1)
                return false;
            multitrack = payload[at] >> 4;
            packetType = payload[at++] & 0x0F;
        }

        uint fourCc = 0;
        if (multitrack != ManyCodecs)
        {
            if (payload.Length < at + 4)
                return false;
            fourCc = BinaryPrimitives.ReadUInt32BigEndian(payload[at..]);
            at += 4;
        }

        var track = 0;
        if (multitrack is not null)
        {
            if (multitrack == ManyCodecs)
                at += 4;
            if (payload.Length < at + 1)
                return false;
            track = payload[at++];
        }

        tag = new EnhancedVideoTag((payload[0] >> 4) & 7, packetType, modifiers, multitrack, fourCc, track, at);
        return true;
    }

    /// <summary>Passes over modifiers: size-1 in one byte (0xFF: in the next two), the data, then a nibble of type and the next packet type.</summary>
    /// <returns>False when the message is cut short.</returns>
    public static bool SkipModifiers(ReadOnlySpan<byte> payload, ref int at, ref int packetType)
    {
        while (packetType == ModifierType)
        {
            if (payload.Length < at + 1)
                return false;
            var size = payload[at++] + 1;
            if (size == 256)
            {
                if (payload.Length < at + 2)
                    return false;
                size = BinaryPrimitives.ReadUInt16BigEndian(payload[at..]) + 1;
                at += 2;
            }

            at += size;
            if (payload.Length < at + 1)
                return false;
            packetType = payload[at++] & 0x0F;
        }

        return true;
    }
}
