using IntegrityGate.Media.Rtmp.Handshakes;

namespace IntegrityGate.Media.Tests.Rtmp;

public sealed class HandshakeTests
{
    private static ReadOnlySpan<byte> PlayerKey => "Genuine Adobe Flash Player 001"u8;

    private static ReadOnlySpan<byte> ServerKey => "Genuine Adobe Flash Media Server 001"u8;

    [Fact]
    public void A_plain_hello_is_echoed()
    {
        var hello = new byte[1537];
        Handshake.Hello(7, hello, HandshakeScheme.Simple);
        var answer = new byte[3073];
        Assert.Equal(HandshakeScheme.Simple, Handshake.Answer(hello.AsSpan(1), 9, answer));
        Assert.Equal(3, answer[0]);
        Assert.Equal([0, 0, 0, 9, 0, 0, 0, 0], answer[1..9]);
        Assert.Equal(hello[1..5], answer[1537..1541]); // the client's time
        Assert.Equal([0, 0, 0, 9], answer[1541..1545]); // when it was read
        Assert.Equal(hello[9..], answer[1545..]);
    }

    [Theory]
    [InlineData(HandshakeScheme.DigestAt8)]
    [InlineData(HandshakeScheme.DigestAt772)]
    public void A_signed_hello_gets_a_signed_answer_in_its_own_form(HandshakeScheme scheme)
    {
        var hello = new byte[1537];
        Handshake.Hello(7, hello, scheme);
        var answer = new byte[3073];
        Assert.Equal(scheme, Handshake.Answer(hello.AsSpan(1), 9, answer));

        Assert.True(Handshake.TryFindDigest(answer.AsSpan(1, 1536), ServerKey, out var answered, out var serverOffset));
        Assert.Equal(scheme, answered);
        Assert.True(Handshake.TryFindDigest(hello.AsSpan(1), PlayerKey, out _, out var offset));
        Assert.True(Handshake.IsReplySigned(answer.AsSpan(1537), [.. ServerKey, .. Tail], hello.AsSpan(1 + offset, 32)));

        var reply = new byte[1536];
        Assert.Equal(scheme, Handshake.Reply(answer.AsSpan(1, 1536), 11, reply));
        Assert.True(Handshake.IsReplySigned(reply, [.. PlayerKey, .. Tail], answer.AsSpan(1 + serverOffset, 32)));
    }

    [Fact]
    public void A_hello_with_a_version_but_no_digest_is_answered_plainly()
    {
        var hello = new byte[1537];
        new Random(5).NextBytes(hello);
        var answer = new byte[3073];
        Assert.Equal(HandshakeScheme.Simple, Handshake.Answer(hello.AsSpan(1), 9, answer));
        Assert.Equal(hello[9..], answer[1545..]);
    }

    [Fact]
    public void A_changed_byte_spoils_the_digest()
    {
        var hello = new byte[1537];
        Handshake.Hello(7, hello);
        hello[1000] ^= 1;
        Assert.False(Handshake.TryFindDigest(hello.AsSpan(1), PlayerKey, out _, out _));
    }

    private static ReadOnlySpan<byte> Tail =>
    [
        0xF0, 0xEE, 0xC2, 0x4A, 0x80, 0x68, 0xBE, 0xE8, 0x2E, 0x00, 0xD0, 0xD1, 0x02, 0x9E, 0x7E, 0x57,
        0x6E, 0xEC, 0x5D, 0x2D, 0x29, 0x80, 0x6F, 0xAB, 0x93, 0xB8, 0xE6, 0x36, 0xCF, 0xEB, 0x31, 0xAE,
    ];
}
