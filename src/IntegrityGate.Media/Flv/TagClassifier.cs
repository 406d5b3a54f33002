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

    private static PacketTraits EnhancedVideo(ReadOnlySpan<byte> payload)
    {
        if (!EnhancedVideoTag.TryRead(payload, out var tag))
            return default; // damaged headers pass through uninspected
        var codec = tag.FourCc switch
        {
            0x61766331 => MediaCodec.H264, // avc1
            0x68766331 => MediaCodec.Hevc, // hvc1
            0x61763031 => MediaCodec.Av1, // av01
            0x76703038 => MediaCodec.Vp8, // vp08
            0x76703039 => MediaCodec.Vp9, // vp09
            _ => MediaCodec.Unknown,
        };
        if (tag.Multitrack is { } kind && (kind != EnhancedVideoTag.OneTrack || tag.Track != 0))
            return new PacketTraits(codec, HeaderLength: tag.Length, IsAside: true, Track: kind == EnhancedVideoTag.OneTrack ? tag.Track : PacketTraits.SeveralTracks);
        if (tag.PacketType == EnhancedVideoTag.Metadata || tag.FrameType == EnhancedVideoTag.Command)
            return new PacketTraits(codec, HeaderLength: tag.Length, IsAside: true);
        var isKey = tag.FrameType == 1;
        return tag.PacketType switch
        {
            EnhancedVideoTag.SequenceStart => new PacketTraits(codec, isKey, IsSequenceHeader: true, HeaderLength: tag.Length),
            EnhancedVideoTag.CodedFrames when codec is MediaCodec.H264 or MediaCodec.Hevc && payload.Length >= tag.Length + 3 =>
                new PacketTraits(codec, isKey, CompositionOffsetMs: SignedInt24(payload[tag.Length..]), HeaderLength: tag.Length + 3),
            EnhancedVideoTag.CodedFrames or EnhancedVideoTag.CodedFramesX => new PacketTraits(codec, isKey, HeaderLength: tag.Length),
            _ => new PacketTraits(codec, HeaderLength: tag.Length), // SequenceEnd
        };
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
        if (!EnhancedVideoTag.SkipModifiers(payload, ref at, ref packetType) || packetType == 5 || payload.Length < at + 4)
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

    private static int SignedInt24(ReadOnlySpan<byte> bytes) => ((bytes[0] << 24) | (bytes[1] << 16) | (bytes[2] << 8)) >> 8;
}
