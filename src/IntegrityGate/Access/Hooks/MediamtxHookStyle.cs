using System.Net;
using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Access.Hooks;

/// <summary>MediaMTX's HTTP authentication (its manual, "Authentication, HTTP-based"): JSON; 2xx allows.</summary>
internal sealed class MediamtxHookStyle : IHookStyle
{
    /// <inheritdoc/>
    public HttpContent Compose(PublishRequest request)
    {
        var address = request.Address;
        return JsonText.Of(new Dictionary<string, string>
        {
            ["user"] = address.Parameter("user") ?? "",
            ["password"] = address.Parameter("pass") ?? "",
            ["token"] = address.Parameter("token") ?? address.Parameter("jwt") ?? "",
            ["ip"] = PeerAddress.TextOf(request.Remote),
            ["action"] = "publish",
            ["path"] = $"{address.App}/{address.Stream}",
            ["protocol"] = "rtmp",
            ["id"] = request.ConnectionId,
            ["query"] = QueryText.Of(request),
        });
    }

    /// <inheritdoc/>
    public GuardAnswer Read(HttpStatusCode status, ReadOnlySpan<byte> body) =>
        (int)status is >= 200 and <= 299 ? GuardAnswer.Allow : GuardAnswer.Refuse($"The publish hook refused with HTTP {(int)status}.");
}
