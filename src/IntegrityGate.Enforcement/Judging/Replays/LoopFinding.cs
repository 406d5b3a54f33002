using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Judging.Replays;

/// <summary>A picture that comes again and again.</summary>
/// <param name="Period">Time from one showing to the next; the loop itself may be a whole fraction of it, where looks fall on other moments.</param>
/// <param name="Repeats">How often the whole period was shown again.</param>
/// <param name="First">Media time of the first picture that came again.</param>
/// <param name="Last">Media time at which a picture last came again.</param>
/// <param name="Pictures">Different pictures that came again.</param>
/// <param name="Evidence">Logarithm of how much likelier a loop is than chance.</param>
/// <param name="Hashes">Hashes of some of these pictures, in the order of their coming.</param>
public sealed record LoopFinding(TimeSpan Period, int Repeats, MediaTime First, MediaTime Last, int Pictures, double Evidence, IReadOnlyList<PictureHash> Hashes);
