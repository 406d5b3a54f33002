using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;

namespace IntegrityGate.Media.Decoding;

/// <summary>One picture to be decoded.</summary>
/// <param name="Stream">Whose it is.</param>
/// <param name="SequenceHeader">The sequence header in force.</param>
/// <param name="Run">
/// One key frame, or the video packets from the last key frame up to the wanted picture, in decoding order; the picture of the
/// last packet is wanted.
/// </param>
public sealed record DecodeRequest(StreamId Stream, MediaPacket SequenceHeader, IReadOnlyList<MediaPacket> Run);
