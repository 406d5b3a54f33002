using System.Security.Cryptography.X509Certificates;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Amf;

namespace IntegrityGate.Media.Rtmp;

/// <summary>How a client reaches a server, and as what.</summary>
public sealed record RtmpClientOptions
{
    /// <summary>The stream name, query included, sent byte for byte.</summary>
    public required StreamKey Key { get; init; }

    /// <summary>The app to send, byte for byte, when it is not the target's: the publisher's own spelling.</summary>
    public string? App { get; init; }

    /// <summary>The tcUrl to send, byte for byte, when it is not the target's.</summary>
    public string? TcUrl { get; init; }

    /// <summary>The name for ourselves, or the publisher's encoder. The default starts as all servers expect.</summary>
    public string FlashVer { get; init; } = "FMLE/3.0 (compatible; IntegrityGate)";

    /// <summary>live, record or append.</summary>
    public string PublishType { get; init; } = "live";

    /// <summary>Enhanced RTMP capabilities to offer; none by default.</summary>
    public RtmpCapabilities Capabilities { get; init; } = RtmpCapabilities.None;

    /// <summary>Further properties for connect, sent as they are behind our own (for example <c>pageUrl</c>, which some servers check).</summary>
    public AmfObject? ConnectProperties { get; init; }

    /// <summary>SHA-256 of the server's certificate (64 hex digits, colons allowed): with it, that certificate and no other is accepted, whoever signed it.</summary>
    public string? CertificateSha256 { get; init; }

    /// <summary>Roots to trust instead of the system's, for a private authority.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>Time for name look-up and TCP. 5 s: two retries of a lost SYN.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time for TLS. 5 s.</summary>
    public TimeSpan TlsTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time for the RTMP handshake. 5 s.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time for each command. 15 s: the server may ask a hook, and nginx-rtmp gives its own 10 s.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Time that a goodbye may take. 1 s.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Told of each stage that is done, with the time it took.</summary>
    public Action<RtmpStage, TimeSpan>? StageDone { get; init; }

    /// <summary>What the server may ask of us: the same limits as for strangers.</summary>
    public IngestLimits Limits { get; init; } = new();

    /// <summary>Encoder and type; never a credential.</summary>
    public override string ToString() => $"{PublishType} as {FlashVer}";
}
