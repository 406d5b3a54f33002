namespace IntegrityGate.Media.Rtmp.Listeners;

/// <summary>Why a connection never became an RTMP session, in the <c>reason</c> of <c>integritygate.rtmp.turned_away</c>. Limits are counted elsewhere.</summary>
internal enum TurnedAway
{
    /// <summary>It spoke TLS to a port without TLS: most likely an <c>rtmps://</c> address with the port of <c>rtmp://</c>.</summary>
    TlsOnPlainPort,

    /// <summary>It spoke RTMP to a port with TLS: most likely an <c>rtmp://</c> address with the port of <c>rtmps://</c>.</summary>
    PlainOnTlsPort,

    /// <summary>It spoke HTTP.</summary>
    Http,

    /// <summary>It spoke RTMPE, whose encryption is broken and not offered.</summary>
    Rtmpe,

    /// <summary>It spoke something else.</summary>
    Garbage,

    /// <summary>It began TLS and did not finish: an old version, a distrusted certificate, or garbage.</summary>
    TlsFailed,

    /// <summary>It is no proxy that may say who its peer is.</summary>
    UntrustedProxy,

    /// <summary>It came without a PROXY header where one is demanded.</summary>
    NoProxyHeader,

    /// <summary>Its PROXY header breaks the specification.</summary>
    BadProxyHeader,
}
