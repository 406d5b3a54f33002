using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Routing;

/// <summary>Where one stream goes on a server.</summary>
/// <param name="Target">The server and the app, which may hold a credential; its label holds none.</param>
/// <param name="TcUrl">The tcUrl to connect with. May hold a credential.</param>
/// <param name="Key">The stream name to publish under.</param>
public sealed record UpstreamAddress(RtmpTarget Target, string TcUrl, StreamKey Key)
{
    /// <summary>Never a credential.</summary>
    public override string ToString() => Target.ToString();
}
