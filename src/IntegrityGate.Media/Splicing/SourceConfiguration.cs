using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Codecs;

namespace IntegrityGate.Media.Splicing;

/// <summary>A publisher's sequence header: its bytes, for comparing and sending again, and what they say.</summary>
/// <param name="Payload">The whole tag body.</param>
/// <param name="Traits">Traits of the tag.</param>
/// <param name="Decoder">The configuration in it.</param>
internal sealed record SourceConfiguration(byte[] Payload, PacketTraits Traits, DecoderConfiguration Decoder);
