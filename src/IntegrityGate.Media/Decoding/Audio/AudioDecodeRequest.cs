using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;

namespace IntegrityGate.Media.Decoding.Audio;

/// <summary>One window of sound to be decoded.</summary>
/// <param name="Stream">Whose it is.</param>
/// <param name="SequenceHeader">The decoder configuration in force; null for a codec that has none.</param>
/// <param name="Packets">The audio packets in their order, at least one, all of one codec.</param>
/// <param name="IsStart">True when the stream begins with them.</param>
public sealed record AudioDecodeRequest(StreamId Stream, MediaPacket? SequenceHeader, IReadOnlyList<MediaPacket> Packets, bool IsStart);
