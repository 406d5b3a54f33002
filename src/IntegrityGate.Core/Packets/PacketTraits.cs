namespace IntegrityGate.Core.Packets;

/// <summary>What the first bytes of a payload say of it; read once at ingest, so that nobody after parses them again.</summary>
/// <param name="Codec">The codec named by the tag.</param>
/// <param name="IsKeyFrame">True for a video packet whose tag says key frame (it may still be a recovery point, not an IDR).</param>
/// <param name="IsSequenceHeader">True for a decoder configuration (avcC, AudioSpecificConfig …).</param>
/// <param name="CompositionOffsetMs">PTS minus DTS in ms; 0 for audio and data.</param>
/// <param name="HeaderLength">Bytes of tag header before the coded data (5 for AVC, 2 for AAC).</param>
/// <param name="IsAside">
/// True for a video message that holds no picture of the main track: colour metadata, a command, a further track. It passes,
/// whatever is done with the pictures.
/// </param>
/// <param name="Track">The video track of the message: 0 for the main one, <see cref="SeveralTracks"/> when it holds more than one.</param>
public readonly record struct PacketTraits(
    MediaCodec Codec,
    bool IsKeyFrame = false,
    bool IsSequenceHeader = false,
    int CompositionOffsetMs = 0,
    int HeaderLength = 0,
    bool IsAside = false,
    int Track = 0)
{
    /// <summary>The <see cref="Track"/> of a message with several: no track id, which are 0 to 255.</summary>
    public const int SeveralTracks = 256;
}
