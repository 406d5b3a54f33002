namespace IntegrityGate.Core.Packets;

/// <summary>What the first bytes of a payload say of it; read once at ingest, so that nobody after parses them again.</summary>
/// <param name="Codec">The codec named by the tag.</param>
/// <param name="IsKeyFrame">True for a video packet whose tag says key frame (it may still be a recovery point, not an IDR).</param>
/// <param name="IsSequenceHeader">True for a decoder configuration (avcC, AudioSpecificConfig …).</param>
/// <param name="CompositionOffsetMs">PTS minus DTS in ms; 0 for audio and data.</param>
/// <param name="HeaderLength">Bytes of tag header before the coded data (5 for AVC, 2 for AAC).</param>
public readonly record struct PacketTraits(
    MediaCodec Codec,
    bool IsKeyFrame = false,
    bool IsSequenceHeader = false,
    int CompositionOffsetMs = 0,
    int HeaderLength = 0);
