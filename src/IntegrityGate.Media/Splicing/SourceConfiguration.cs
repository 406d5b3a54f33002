using IntegrityGate.Core.Packets;
using IntegrityGate.Media.H264;

namespace IntegrityGate.Media.Splicing;

/// <summary>A publisher's sequence header: its bytes, for comparing and sending again, and what they say.</summary>
/// <param name="Payload">The whole tag body.</param>
/// <param name="Traits">Traits of the tag.</param>
/// <param name="Record">The avcC in it.</param>
internal sealed record SourceConfiguration(byte[] Payload, PacketTraits Traits, AvcDecoderConfigurationRecord Record);
