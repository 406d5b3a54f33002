using System.Net;
using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Access.Hooks;

/// <summary>nginx-rtmp's <c>on_publish</c> (directives of its notify module): a form with the publisher's own parameters behind the server's.</summary>
internal sealed class NginxHookStyle : IHookStyle
{
    /// <inheritdoc/>
    public HttpContent Compose(PublishRequest request)
    {
        var address = request.Address;
        List<KeyValuePair<string, string>> form =
        [
            new("call", "publish"),
            new("app", address.App),
            new("name", address.Stream),
            new("type", request.PublishType),
            new("addr", PeerAddress.TextOf(request.Remote)),
            new("flashver", request.Encoder),
            new("swfurl", request.ConnectProperties.Text("swfUrl") ?? ""),
            new("tcurl", request.TcUrl),
            new("pageurl", request.ConnectProperties.Text("pageUrl") ?? ""),
            new("clientid", request.ConnectionId),
        ];

        // Form parsers often take the last of two equal names: a publisher must not overwrite what the gate says of it.
        var ours = form.Select(f => f.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        form.AddRange(address.Query.Where(parameter => !ours.Contains(parameter.Key)));
        return new FormUrlEncodedContent(form);
    }

    /// <inheritdoc/>
    public GuardAnswer Read(HttpStatusCode status, ReadOnlySpan<byte> body) =>
        (int)status is >= 200 and <= 299 ? GuardAnswer.Allow : GuardAnswer.Refuse($"The publish hook refused with HTTP {(int)status}.");
}
