using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Access.Hooks;

/// <summary>SRS's <c>on_publish</c> (its manual, "HTTP Callback"): JSON; allowed only by HTTP 200 and the code 0, alone or in an object.</summary>
internal sealed class SrsHookStyle : IHookStyle
{
    /// <inheritdoc/>
    public HttpContent Compose(PublishRequest request)
    {
        var address = request.Address;
        var query = QueryText.Of(request);
        return JsonText.Of(new Dictionary<string, string>
        {
            ["action"] = "on_publish",
            ["client_id"] = request.ConnectionId,
            ["ip"] = PeerAddress.TextOf(request.Remote),
            ["vhost"] = address.VirtualHost,
            ["app"] = address.App,
            ["stream"] = address.Stream,
            ["param"] = query.Length == 0 ? "" : "?" + query, // SRS writes the question mark
        });
    }

    /// <inheritdoc/>
    public GuardAnswer Read(HttpStatusCode status, ReadOnlySpan<byte> body)
    {
        if (status != HttpStatusCode.OK)
            return GuardAnswer.Refuse($"The publish hook refused with HTTP {(int)status}.");
        return CodeOf(body) switch
        {
            0 => GuardAnswer.Allow,
            { } code => GuardAnswer.Refuse($"The publish hook refused with code {code}."),
            null => GuardAnswer.Refuse("The publish hook's answer holds no code."),
        };
    }

    private static int? CodeOf(ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body).Trim();
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var bare))
            return bare;
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("code", out var code)
                && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var value) ? value : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
