namespace IntegrityGate.Media.Rtmp.Handshakes;

/// <summary>The forms of the RTMP handshake.</summary>
public enum HandshakeScheme
{
    /// <summary>Plain echo (RTMP 1.0, 5.2).</summary>
    Simple,

    /// <summary>Signed, with the digest's offset at byte 772: key block first. What Flash Player 10 and FFmpeg's receivers call scheme 0.</summary>
    DigestAt772,

    /// <summary>Signed, with the digest's offset at byte 8: digest block first. Scheme 1.</summary>
    DigestAt8,
}
