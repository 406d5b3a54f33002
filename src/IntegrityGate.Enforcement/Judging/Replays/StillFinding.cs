using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Enforcement.Judging.Replays;

/// <summary>A picture that stands still, but for an overlay perhaps.</summary>
/// <param name="First">Media time from which it stands.</param>
/// <param name="Last">Media time of the last look that showed it.</param>
/// <param name="Looks">Looks that showed it.</param>
/// <param name="Share">Share of its textured parts that never moved.</param>
/// <param name="Hash">The picture at first.</param>
public sealed record StillFinding(MediaTime First, MediaTime Last, int Looks, double Share, PictureHash Hash);
