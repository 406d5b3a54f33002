using System.Buffers.Binary;
using IntegrityGate.Core.Packets;

namespace IntegrityGate.Media.Flv;

/// <summary>
/// Reads the traits of a payload from its first bytes: legacy tags (FLV 10.1, E.4.2.1 and E.4.3.1) and enhanced ones
/// (E-RTMP v2, "ExVideoTagHeader" and "ExAudioTagHeader"). It never fails: what it cannot read is <see cref="MediaCodec.Unknown"/>
/// and passes through.
/// </summary>
public static class TagClassifier
{
    /// <summary>Classifies a payload.</summary>
    public static PacketTraits Classify(MediaKind kind, ReadOnlySpan<byte> payload) => kind switch
    {
        MediaKind.Video => Video(payload),
        MediaKind.Audio => Audio(payload),
        _ => new PacketTraits(MediaCodec.Script),
    };

    private static PacketTraits Video(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
            return default;
        if ((payload[0] & 0x80) != 0)
            return EnhancedVideo(payload);

        var isKey = payload[0] >> 4 == 1;
        var codec = (payload[0] & 0x0F) switch
        {
            7 => MediaCodec.H264,
            12 => MediaCodec.Hevc, // never standardised, but what encoders sent before E-RTMP
            _ => MediaCodec.Unknown,
        };
        if (codec == MediaCodec.Unknown || payload.Length < 5)
            return new PacketTraits(codec, isKey, HeaderLength: Math.Min(1, payload.Length));
        return payload[1] switch
        {
            0 => new PacketTraits(codec, isKey, IsSequenceHeader: true, HeaderLength: 5),
            1 => new PacketTraits(codec, isKey, CompositionOffsetMs: SignedInt24(payload[2..]), HeaderLength: 5),
            _ => new PacketTraits(codec, HeaderLength: 5), // end of sequence
        };
    }

    // E-RTMP v2, ExVideoTagHeader: frame type in bits 4..6, packet type in bits 0..3, then ModEx prefixes, then the FourCC.
    private static PacketTraits EnhancedVideo(ReadOnlySpan<byte> payload)
    {
        var frameType = (payload[0] >> 4) & 0x07;
        var packetType = payload[0] & 0x0F;
        var at = 1;
        if (!SkipModifiers(payload, ref at, ref packetType) || packetType == 6 || payload.Length < at + 4)
            return default; // multitrack and damaged headers pass through uninspected
        var codec = BinaryPrimitives.ReadUInt32BigEndian(payload[at..]) switch
        {
            0x61766331 => MediaCodec.H264, // avc1
            0x68766331 => MediaCodec.Hevc, // hvc1
            0x61763031 => MediaCodec.Av1, // av01
            0x76703038 => MediaCodec.Vp8, // vp08
            0x76703039 => MediaCodec.Vp9, // vp09
            _ => MediaCodec.Unknown,
        };
        at += 4;
        var isKey = frameType == 1;
        if (packetType == 0)
            return new PacketTraits(codec, isKey, IsSequenceHeader: true, HeaderLength: at);
        if (packetType == 1 && codec is MediaCodec.H264 or MediaCodec.Hevc && payload.Length >= at + 3)
            return new PacketTraits(codec, isKey, CompositionOffsetMs: SignedInt24(payload[at..]), HeaderLength: at + 3);
        return packetType is 1 or 3
            ? new PacketTraits(codec, isKey, HeaderLength: at)
            : new PacketTraits(codec, HeaderLength: at); // SequenceEnd, Metadata
    }

    private static PacketTraits Audio(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
            return default;
        switch (payload[0] >> 4)
        {
            case 2:
                return new PacketTraits(MediaCodec.Mp3, HeaderLength: 1);
            case 10 when payload.Length >= 2:
                return new PacketTraits(MediaCodec.Aac, IsSequenceHeader: payload[1] == 0, HeaderLength: 2);
            case 9:
                return EnhancedAudio(payload);
            default:
                return default;
        }
    }

    private static PacketTraits EnhancedAudio(ReadOnlySpan<byte> payload)
    {
        var packetType = payload[0] & 0x0F;
        var at = 1;
        if (!SkipModifiers(payload, ref at, ref packetType) || packetType == 5 || payload.Length < at + 4)
            return default;
        var codec = BinaryPrimitives.ReadUInt32BigEndian(payload[at..]) switch
        {
            0x4F707573 => MediaCodec.Opus, // Opus
            0x664C6143 => MediaCodec.Flac, // fLaC
            0x61632D33 => MediaCodec.Ac3, // ac-3
            0x65632D33 => MediaCodec.Eac3, // ec-3
            0x6D703461 => MediaCodec.Aac, // mp4a
            0x2E6D7033 => MediaCodec.Mp3, // .mp3
            _ => MediaCodec.Unknown,
        };
        return new PacketTraits(codec, IsSequenceHeader: packetType == 0, HeaderLength: at + 4);
    }

    // ModEx (packet type 7): size-1 in one byte (0xFF: in the next two), the data, then a nibble of type and the next packet type.
    private static bool SkipModifiers(ReadOnlySpan<byte> payload, ref int at, ref int packetType)
    {
        while (packetType == 7)
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

    private static int SignedInt24(ReadOnlySpan<byte> bytes) => ((bytes[0] << 24) | (bytes[1] << 16) | (bytes[2] << 8)) >> 8;
}
