namespace IntegrityGate.Media.Rtmp.Listeners;

/// <summary>Tells from the first byte which mistake a peer made.</summary>
internal static class FirstBytes
{
    /// <summary>Names what a peer speaks who does not speak what the port does. RTMP (first byte 3) is named as seen from a TLS port.</summary>
    public static (TurnedAway Reason, string Words) Name(byte first) => first switch
    {
        0x03 => (TurnedAway.PlainOnTlsPort, "a plain RTMP client on a TLS port: its address should begin with rtmps://, or its port be that of rtmp://"),
        0x16 => (TurnedAway.TlsOnPlainPort, "a TLS client on a plain port: its address should begin with rtmp://, or its port be that of rtmps://"),
        0x06 or 0x08 => (TurnedAway.Rtmpe, "an RTMPE client, whose encryption is broken and not offered"),
        (byte)'G' or (byte)'P' or (byte)'H' or (byte)'O' => (TurnedAway.Http, "an HTTP client"),
        _ => (TurnedAway.Garbage, $"neither RTMP nor TLS: the first byte is 0x{first:x2}"),
    };
}
