using IntegrityGate.Core.Packets;

namespace IntegrityGate.LoadHarness.Load;

/// <summary>One packet of a clip.</summary>
/// <param name="Kind">Audio or video.</param>
/// <param name="Milliseconds">Decoding time from the clip's start.</param>
/// <param name="Payload">The tag body.</param>
/// <param name="Traits">What its first bytes say.</param>
internal sealed record ClipPacket(MediaKind Kind, int Milliseconds, byte[] Payload, PacketTraits Traits)
{
    /// <summary>True for a video packet that starts a GOP.</summary>
    public bool IsKeyFrame => Traits.IsKeyFrame && !Traits.IsSequenceHeader;
}
