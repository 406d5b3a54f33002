using IntegrityGate.Core.Streams;

namespace IntegrityGate.Media.Rtmp;

/// <summary>Why the program ends a publisher's stream.</summary>
/// <param name="Fault">Which side is the cause.</param>
/// <param name="Code">The status code the publisher is told: see <see cref="RtmpStatus"/>.</param>
/// <param name="Description">The reason in words, for the encoder's log.</param>
public sealed record PublicationEnd(GateFault Fault, string Code, string Description);
