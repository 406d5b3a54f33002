using IntegrityGate.Core.Packets;

namespace IntegrityGate.Media.Splicing;

/// <summary>What comes into a splicer's loop.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Packet">A publisher's or an encoder's packet.</param>
/// <param name="Subject">The encoder, the directive or the one who waits for completion.</param>
/// <param name="Value">An encoder picture's presentation time on the stream's clock, ms.</param>
/// <param name="Reason">Why an encoder ended; null when it ended well.</param>
internal readonly record struct SpliceMessage(SpliceMessageKind Kind, MediaPacket? Packet = null, object? Subject = null, long Value = 0, string? Reason = null);
