using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Media.Splicing;

/// <summary>A change of what the splicer does, or a new reason for the same.</summary>
/// <param name="Stream">Whose.</param>
/// <param name="State">The state from now on.</param>
/// <param name="At">Decoding time of the newest video packet.</param>
/// <param name="Fault"><see cref="GateFault.EncoderFailed"/> when the encoder crashed, hung or fell behind; otherwise none.</param>
/// <param name="Reason">Why, for an incident or a log; null when it goes without saying.</param>
public sealed record SpliceStateChange(StreamId Stream, SpliceState State, MediaTime At, GateFault Fault, string? Reason);
