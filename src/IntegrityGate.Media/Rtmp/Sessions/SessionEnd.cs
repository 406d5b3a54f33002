using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Rtmp.Listeners;

namespace IntegrityGate.Media.Rtmp.Sessions;

/// <summary>Why a session ends.</summary>
/// <param name="Fault">Side and stage.</param>
/// <param name="Reason">In words, for logs.</param>
/// <param name="Limit">The limit that was gone over, by its name.</param>
/// <param name="Code">The status that the peer is told; null when there is nothing to tell, or nobody.</param>
/// <param name="Description">What it is told in words, when that differs from the reason.</param>
internal sealed record SessionEnd(GateFault Fault, string Reason, string? Limit = null, string? Code = null, string? Description = null)
{
    /// <summary>The peer takes nothing any more: the connection is cut.</summary>
    public bool IsAbrupt { get; init; }

    /// <summary>The peer left without a word before the handshake, as TCP health probes do: no error.</summary>
    public bool IsProbe { get; init; }

    /// <summary>The mistake of a peer who never spoke RTMP; null for all others.</summary>
    public TurnedAway? TurnedAway { get; init; }
}
