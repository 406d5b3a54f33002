using System.Globalization;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Routing;

/// <summary>Where one stream goes on a server.</summary>
/// <param name="Target">The server and the app, which may hold a credential; its label holds none.</param>
/// <param name="TcUrl">The tcUrl to connect with. May hold a credential.</param>
/// <param name="Key">The stream name to publish under.</param>
public sealed record UpstreamAddress(RtmpTarget Target, string TcUrl, StreamKey Key)
{
    /// <summary>The address that the server asked for; this one when it named none, or one that must not be followed (see <see cref="RtmpTarget.Follow"/>).</summary>
    public UpstreamAddress Moved(ReconnectAdvice advice)
    {
        if (advice.TcUrl.Length == 0 || Target.Follow(advice.TcUrl) is not { } target)
            return this;
        var label = string.Create(CultureInfo.InvariantCulture, $"{Target}, moved to {target.Host}:{target.Port}");
        return new UpstreamAddress(target with { Label = label }, target.TcUrl, Key);
    }

    /// <summary>Never a credential.</summary>
    public override string ToString() => Target.ToString();
}
