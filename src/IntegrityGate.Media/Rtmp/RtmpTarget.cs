using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace IntegrityGate.Media.Rtmp;

/// <summary>An RTMP server and an app on it, <c>rtmp://host[:port]/app[/more]</c> or <c>rtmps://…</c>; the stream key travels apart.</summary>
/// <param name="Host">Host name or address; an IPv6 address without its brackets.</param>
/// <param name="Port">TCP port.</param>
/// <param name="IsTls">True for <c>rtmps</c>.</param>
/// <param name="App">Everything behind the host, query included: may hold a credential.</param>
public sealed record RtmpTarget(string Host, int Port, bool IsTls, string App)
{
    /// <summary>The port of <c>rtmp</c> when none is named.</summary>
    public const int DefaultPort = 1935;

    /// <summary>The port of <c>rtmps</c> when none is named.</summary>
    public const int DefaultTlsPort = 443;

    /// <summary>What stands in logs instead of the address, when the app itself may tell too much.</summary>
    public string? Label { get; init; }

    /// <summary>The <c>tcUrl</c> for connect; the port only when it is not the scheme's own, as FFmpeg and OBS write it.</summary>
    public string TcUrl => $"{Authority}/{App}";

    private string Authority
    {
        get
        {
            var host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
            var isDefault = Port == (IsTls ? DefaultTlsPort : DefaultPort);
            return string.Create(CultureInfo.InvariantCulture, $"{(IsTls ? "rtmps" : "rtmp")}://{host}{(isDefault ? "" : $":{Port}")}");
        }
    }

    /// <summary>Reads a URL.</summary>
    /// <exception cref="FormatException">It is none; the message says why and shows no credential.</exception>
    public static RtmpTarget Parse(string url) =>
        TryParse(url, out var target, out var error) ? target : throw new FormatException(error);

    /// <summary>Reads a URL.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="target">The target.</param>
    /// <param name="error">What is wrong with it; shows no credential.</param>
    /// <param name="needsApp">False when the app may be left out, because it comes from elsewhere.</param>
    public static bool TryParse(string url, [NotNullWhen(true)] out RtmpTarget? target, [NotNullWhen(false)] out string? error, bool needsApp = true)
    {
        target = null;
        var isTls = url.StartsWith("rtmps://", StringComparison.OrdinalIgnoreCase);
        if (!isTls && !url.StartsWith("rtmp://", StringComparison.OrdinalIgnoreCase))
        {
            error = "an RTMP address starts with rtmp:// or rtmps://";
            return false;
        }

        var rest = url[(isTls ? 8 : 7)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var authority = slash < 0 ? rest : rest[..slash];
        var app = slash < 0 ? "" : rest[(slash + 1)..].TrimEnd('/');
        if (authority.Contains('@', StringComparison.Ordinal))
        {
            error = "user and password in an RTMP address are not supported: put the credential into the app or the stream key";
            return false;
        }

        if (app.Length == 0 && needsApp)
        {
            error = "an RTMP address names an app: rtmp://host/app";
            return false;
        }

        var colon = authority.LastIndexOf(':');
        var hasPort = colon > authority.LastIndexOf(']');
        var host = (hasPort ? authority[..colon] : authority).Trim('[', ']');
        var port = isTls ? DefaultTlsPort : DefaultPort;
        if (hasPort && (!int.TryParse(authority[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535))
        {
            error = "the port of an RTMP address is a number from 1 to 65535";
            return false;
        }

        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            error = "the host of an RTMP address is a name or an address; IPv6 stands in brackets";
            return false;
        }

        target = new RtmpTarget(host, port, isTls, app);
        error = null;
        return true;
    }

    /// <summary>
    /// Where a reference leads from here: an absolute URL, or one that leaves out the scheme, or scheme and host (E-RTMP v2, "Reconnect
    /// Request"). Never from TLS to none, since a stream key would go in the clear.
    /// </summary>
    /// <param name="reference">What the server at this target said.</param>
    /// <returns>The target; this one for an empty reference; null for one that cannot be followed.</returns>
    public RtmpTarget? Follow(string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (reference.Length == 0)
            return this;
        var url = reference.StartsWith("//", StringComparison.Ordinal) ? $"{(IsTls ? "rtmps" : "rtmp")}:{reference}"
            : reference[0] == '/' ? Authority + reference
            : reference;
        if (!TryParse(url, out var target, out _, needsApp: false) || (IsTls && !target.IsTls))
            return null;
        return target.App.Length == 0 ? target with { App = App } : target;
    }

    /// <summary>The label, else scheme, host, port and the app without its query.</summary>
    public override string ToString() => Label ?? $"{Authority}/{App.Split('?')[0]}";
}
