using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Probing;

/// <summary>What to probe.</summary>
/// <param name="Target">The server.</param>
/// <param name="Key">The stream name to publish; a credential.</param>
/// <param name="PlayTarget">The server to play from; null plays nothing.</param>
/// <param name="PlayKey">The stream name to play.</param>
/// <param name="Duration">How long to publish.</param>
/// <param name="Timeout">How long any one step may take.</param>
/// <param name="CertificateSha256">SHA-256 of the one certificate to accept; null for the system's authorities.</param>
internal sealed record ProbeRequest(
    RtmpTarget Target, StreamKey Key, RtmpTarget? PlayTarget, StreamKey? PlayKey, TimeSpan Duration, TimeSpan Timeout, string? CertificateSha256)
{
    /// <summary>The servers; never a stream name.</summary>
    public override string ToString() => PlayTarget is null ? Target.ToString() : $"{Target}, played from {PlayTarget}";
}
