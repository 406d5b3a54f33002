using System.Buffers.Binary;
using System.Security.Cryptography;

namespace IntegrityGate.Media.Rtmp.Handshakes;

/// <summary>
/// Both sides of the RTMP handshake as functions of bytes: simple (RTMP 1.0, 5.2) and signed ("digest"). The third message of the
/// peer is never checked: too strict a check has broken real encoders, and it protects nothing.
/// </summary>
public static class Handshake
{
    /// <summary>The protocol version, the first byte each side sends.</summary>
    public const byte Version = 3;

    /// <summary>Bytes of each of the messages 1 and 2.</summary>
    public const int MessageBytes = 1536;

    private const int DigestBytes = 32;

    /// <summary>Writes the server's bytes S0, S1 and S2 (3,073) in answer to C1.</summary>
    /// <param name="c1">The client's message of 1,536 bytes.</param>
    /// <param name="uptime">The server's clock, ms.</param>
    /// <param name="answer">3,073 bytes to fill.</param>
    /// <returns>The form that the client spoke, in which it was answered.</returns>
    public static HandshakeScheme Answer(ReadOnlySpan<byte> c1, uint uptime, Span<byte> answer)
    {
        answer[0] = Version;
        var s1 = answer.Slice(1, MessageBytes);
        var s2 = answer.Slice(1 + MessageBytes, MessageBytes);
        RandomNumberGenerator.Fill(s1);
        BinaryPrimitives.WriteUInt32BigEndian(s1, uptime);

        // A version of zero says that the client knows no digests (nginx-rtmp and SRS decide by the same field).
        if (BinaryPrimitives.ReadUInt32BigEndian(c1[4..]) != 0 &&
            TryFindDigest(c1, HandshakeKeys.Player.AsSpan(0, HandshakeKeys.PlayerPartial), out var scheme, out var offset))
        {
            ReadOnlySpan<byte> serverVersion = [4, 5, 0, 1];
            serverVersion.CopyTo(s1[4..]);
            Sign(s1, HandshakeKeys.Server.AsSpan(0, HandshakeKeys.ServerPartial), scheme);
            RandomNumberGenerator.Fill(s2);
            SignReply(s2, HandshakeKeys.Server, c1.Slice(offset, DigestBytes));
            return scheme;
        }

        s1.Slice(4, 4).Clear();
        c1.CopyTo(s2); // 5.2.4: an echo; bytes 4 to 7 carry the time at which C1 was read
        BinaryPrimitives.WriteUInt32BigEndian(s2[4..], uptime);
        return HandshakeScheme.Simple;
    }

    /// <summary>Writes the client's first bytes C0 and C1 (1,537), signed in the form that all known servers accept.</summary>
    public static void Hello(uint uptime, Span<byte> hello, HandshakeScheme scheme = HandshakeScheme.DigestAt8)
    {
        hello[0] = Version;
        var c1 = hello.Slice(1, MessageBytes);
        RandomNumberGenerator.Fill(c1);
        BinaryPrimitives.WriteUInt32BigEndian(c1, uptime);
        if (scheme == HandshakeScheme.Simple)
        {
            c1.Slice(4, 4).Clear();
            return;
        }

        ReadOnlySpan<byte> playerVersion = [9, 0, 124, 2]; // as FFmpeg says it
        playerVersion.CopyTo(c1[4..]);
        Sign(c1, HandshakeKeys.Player.AsSpan(0, HandshakeKeys.PlayerPartial), scheme);
    }

    /// <summary>Writes the client's last message C2 (1,536 bytes) in answer to S1.</summary>
    /// <returns>The form that the server spoke.</returns>
    public static HandshakeScheme Reply(ReadOnlySpan<byte> s1, uint uptime, Span<byte> c2)
    {
        if (BinaryPrimitives.ReadUInt32BigEndian(s1[4..]) != 0 &&
            TryFindDigest(s1, HandshakeKeys.Server.AsSpan(0, HandshakeKeys.ServerPartial), out var scheme, out var offset))
        {
            RandomNumberGenerator.Fill(c2);
            SignReply(c2, HandshakeKeys.Player, s1.Slice(offset, DigestBytes));
            return scheme;
        }

        s1.CopyTo(c2);
        BinaryPrimitives.WriteUInt32BigEndian(c2[4..], uptime);
        return HandshakeScheme.Simple;
    }

    /// <summary>Looks for the sender's digest in a first message, in both places.</summary>
    /// <param name="message">C1 or S1.</param>
    /// <param name="key">The part of the sender's key that signs first messages.</param>
    /// <param name="scheme">Where it was found.</param>
    /// <param name="offset">Byte at which the digest starts.</param>
    public static bool TryFindDigest(ReadOnlySpan<byte> message, ReadOnlySpan<byte> key, out HandshakeScheme scheme, out int offset)
    {
        Span<byte> digest = stackalloc byte[DigestBytes];
        foreach (var candidate in (ReadOnlySpan<HandshakeScheme>)[HandshakeScheme.DigestAt772, HandshakeScheme.DigestAt8])
        {
            offset = DigestOffset(message, candidate);
            Digest(message, offset, key, digest);
            if (!CryptographicOperations.FixedTimeEquals(digest, message.Slice(offset, DigestBytes)))
                continue;
            scheme = candidate;
            return true;
        }

        scheme = HandshakeScheme.Simple;
        offset = 0;
        return false;
    }

    /// <summary>True when a second message (S2 or C2) is signed for the digest that we sent; for tests of peers, never demanded.</summary>
    public static bool IsReplySigned(ReadOnlySpan<byte> message, ReadOnlySpan<byte> peerKey, ReadOnlySpan<byte> ourDigest)
    {
        Span<byte> expected = stackalloc byte[MessageBytes];
        message.CopyTo(expected);
        SignReply(expected, peerKey, ourDigest);
        return expected.SequenceEqual(message);
    }

    // Four bytes added up, modulo the room that is left, give the digest's place within its block.
    private static int DigestOffset(ReadOnlySpan<byte> message, HandshakeScheme scheme)
    {
        var block = scheme == HandshakeScheme.DigestAt772 ? 772 : 8;
        return ((message[block] + message[block + 1] + message[block + 2] + message[block + 3]) % 728) + block + 4;
    }

    private static void Sign(Span<byte> message, ReadOnlySpan<byte> key, HandshakeScheme scheme)
    {
        Span<byte> digest = stackalloc byte[DigestBytes];
        var offset = DigestOffset(message, scheme);
        Digest(message, offset, key, digest);
        digest.CopyTo(message[offset..]);
    }

    // The digest is over the message without the digest's own bytes.
    private static void Digest(ReadOnlySpan<byte> message, int offset, ReadOnlySpan<byte> key, Span<byte> digest)
    {
        Span<byte> joined = stackalloc byte[MessageBytes - DigestBytes];
        message[..offset].CopyTo(joined);
        message.Slice(offset + DigestBytes, MessageBytes - DigestBytes - offset).CopyTo(joined[offset..]);
        HMACSHA256.HashData(key, joined, digest);
    }

    private static void SignReply(Span<byte> message, ReadOnlySpan<byte> fullKey, ReadOnlySpan<byte> peerDigest)
    {
        Span<byte> key = stackalloc byte[DigestBytes];
        HMACSHA256.HashData(fullKey, peerDigest, key);
        HMACSHA256.HashData(key, message[..(MessageBytes - DigestBytes)], message.Slice(MessageBytes - DigestBytes, DigestBytes));
    }
}
