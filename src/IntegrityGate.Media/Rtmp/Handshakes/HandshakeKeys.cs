namespace IntegrityGate.Media.Rtmp.Handshakes;

/// <summary>
/// The public constants of the digest handshake. They are in no specification; every server and encoder that does the handshake carries
/// them (nginx-rtmp <c>ngx_rtmp_handshake.c</c>, SRS, FFmpeg, librtmp).
/// </summary>
internal static class HandshakeKeys
{
    /// <summary>Bytes of the player key that sign the first message.</summary>
    public const int PlayerPartial = 30;

    /// <summary>Bytes of the server key that sign the first message.</summary>
    public const int ServerPartial = 36;

    /// <summary>The player's key: its text and the common tail.</summary>
    public static byte[] Player { get; } = [.. "Genuine Adobe Flash Player 001"u8, .. Tail];

    /// <summary>The server's key: its text and the common tail.</summary>
    public static byte[] Server { get; } = [.. "Genuine Adobe Flash Media Server 001"u8, .. Tail];

    private static ReadOnlySpan<byte> Tail =>
    [
        0xF0, 0xEE, 0xC2, 0x4A, 0x80, 0x68, 0xBE, 0xE8, 0x2E, 0x00, 0xD0, 0xD1, 0x02, 0x9E, 0x7E, 0x57,
        0x6E, 0xEC, 0x5D, 0x2D, 0x29, 0x80, 0x6F, 0xAB, 0x93, 0xB8, 0xE6, 0x36, 0xCF, 0xEB, 0x31, 0xAE,
    ];
}
