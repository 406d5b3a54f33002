using System.Buffers;
using IntegrityGate.Media.Rtmp.Proxy;

namespace IntegrityGate.Media.Tests.Rtmp.Proxy;

/// <summary>The rules and examples of haproxy's <c>doc/proxy-protocol.txt</c>, one a row.</summary>
public sealed class ProxyHeaderParserTests
{
    private const int Most = 2048;

    public static TheoryData<string, string?, string?> GoodLines => new()
    {
        { "PROXY TCP4 192.168.0.1 192.168.0.11 56324 443\r\n", "192.168.0.1:56324", "192.168.0.11:443" }, // 2.1, the example
        { "PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n", "255.255.255.255:65535", "255.255.255.255:65535" }, // 2.1, the longest
        { "PROXY TCP4 0.0.0.0 0.0.0.0 0 0\r\n", "0.0.0.0:0", "0.0.0.0:0" },
        {
            "PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n",
            "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535",
            "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535"
        },
        { "PROXY TCP6 2001:DB8::1 ::1 1000 1935\r\n", "[2001:db8::1]:1000", "[::1]:1935" },
        { "PROXY TCP6 ::ffff:192.0.2.1 ::ffff:192.0.2.2 1000 1935\r\n", "[::ffff:192.0.2.1]:1000", "[::ffff:192.0.2.2]:1935" },
        { "PROXY UNKNOWN\r\n", null, null },
        { "PROXY UNKNOWN ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n", null, null }, // 107 bytes
        { "PROXY UNKNOWN whatever stands here\r\n", null, null },
    };

    public static TheoryData<string> BadLines =>
    [
        "PROXY TCP4 192.168.0.01 192.168.0.11 56324 443\r\n", // heading zero
        "PROXY TCP4 192.168.0.1 192.168.0.11 056324 443\r\n",
        "PROXY TCP4 192.168.0.256 192.168.0.11 56324 443\r\n",
        "PROXY TCP4 192.168.0 192.168.0.11 56324 443\r\n",
        "PROXY TCP4 192.168.0.1.1 192.168.0.11 56324 443\r\n",
        "PROXY TCP4 0x7f.0.0.1 192.168.0.11 56324 443\r\n",
        "PROXY TCP4 192.168.0.1 192.168.0.11 65536 443\r\n",
        "PROXY TCP4 192.168.0.1 192.168.0.11 -1 443\r\n",
        "PROXY TCP4 192.168.0.1 192.168.0.11 56324 \r\n",
        "PROXY TCP4 192.168.0.1 192.168.0.11 56324\r\n",
        "PROXY TCP4 192.168.0.1 192.168.0.11 56324 443 1\r\n",
        "PROXY TCP4  192.168.0.1 192.168.0.11 56324 443\r\n", // two spaces
        "PROXY TCP4 ::1 ::1 56324 443\r\n", // not of the family
        "PROXY TCP6 192.168.0.1 192.168.0.11 56324 443\r\n",
        "PROXY TCP6 [::1] ::1 56324 443\r\n",
        "PROXY TCP6 fe80::1%2 ::1 56324 443\r\n",
        "PROXY TCP6 1::2::3 ::1 56324 443\r\n",
        "PROXY TCP6 1:2:3:4:5:6:7 ::1 56324 443\r\n",
        "PROXY UDP4 192.168.0.1 192.168.0.11 56324 443\r\n",
        "PROXY tcp4 192.168.0.1 192.168.0.11 56324 443\r\n",
        "PROXY UNKNOWNS\r\n",
        "PROXY \r\n",
        "PROXY TCP4 192.168.0.1 192.168.0.11 56324 443\n", // half a CRLF
        "PROXY TCP4 192.168.0.1 192.168.0.11 56324 443\rx",
        "PROXY UNKNOWN " + new string('x', 92) + "\r\n", // 108 bytes
    ];

    public static TheoryData<string, byte[], string?> GoodHeaders => new()
    {
        { "TCP over IPv4", ProxyHeaders.V2(0x21, 0x11, ProxyHeaders.Inet), "192.0.2.1:1000" },
        { "TCP over IPv6", ProxyHeaders.V2(0x21, 0x21, ProxyHeaders.Inet6), "[2001:db8::1]:1000" },
        { "LOCAL without a block", ProxyHeaders.V2(0x20, 0x00), null },
        { "LOCAL with a block, which is discarded", ProxyHeaders.V2(0x20, 0x11, ProxyHeaders.Inet), null },
        { "LOCAL with a block that is none", ProxyHeaders.V2(0x20, 0x11, 1, 2, 3), null },
        { "unspecified", ProxyHeaders.V2(0x21, 0x00), null },
        { "unspecified with bytes to skip", ProxyHeaders.V2(0x21, 0x00, 9, 9, 9, 9, 9), null },
        { "IPv4 over an unspecified transport", ProxyHeaders.V2(0x21, 0x10, ProxyHeaders.Inet), null },
        { "UDP over IPv4", ProxyHeaders.V2(0x21, 0x12, ProxyHeaders.Inet), null },
        { "UDP over IPv6", ProxyHeaders.V2(0x21, 0x22, ProxyHeaders.Inet6), null },
        { "a Unix stream", ProxyHeaders.V2(0x21, 0x31, new byte[216]), null },
        { "a Unix datagram", ProxyHeaders.V2(0x21, 0x32, new byte[216]), null },
        { "vectors to skip", ProxyHeaders.V2(0x21, 0x11, [.. ProxyHeaders.Inet, .. ProxyHeaders.Vector(2, "host.example"u8.ToArray()), .. ProxyHeaders.Vector(4), .. ProxyHeaders.Vector(0xEA, 1, 2)]), "192.0.2.1:1000" },
        { "a right checksum", ProxyHeaders.WithChecksum(0x11, ProxyHeaders.Inet), "192.0.2.1:1000" },
        { "a right checksum of an IPv6 header", ProxyHeaders.WithChecksum(0x21, ProxyHeaders.Inet6), "[2001:db8::1]:1000" },
        { "as long as may be", ProxyHeaders.V2(0x21, 0x11, [.. ProxyHeaders.Inet, .. ProxyHeaders.Vector(4, new byte[Most - 16 - 12 - 3])]), "192.0.2.1:1000" },
    };

    public static TheoryData<string, byte[]> BadHeaders => new()
    {
        { "version 1 in binary", ProxyHeaders.V2(0x11, 0x11, ProxyHeaders.Inet) },
        { "version 3", ProxyHeaders.V2(0x31, 0x11, ProxyHeaders.Inet) },
        { "an unassigned command", ProxyHeaders.V2(0x22, 0x11, ProxyHeaders.Inet) },
        { "an unassigned family", ProxyHeaders.V2(0x21, 0x41, ProxyHeaders.Inet) },
        { "an unassigned transport", ProxyHeaders.V2(0x21, 0x13, ProxyHeaders.Inet) },
        { "a short IPv4 block", ProxyHeaders.V2(0x21, 0x11, ProxyHeaders.Inet[..11]) },
        { "a short IPv6 block", ProxyHeaders.V2(0x21, 0x21, ProxyHeaders.Inet) },
        { "a short Unix block", ProxyHeaders.V2(0x21, 0x31, new byte[215]) },
        { "half a vector head", ProxyHeaders.V2(0x21, 0x11, [.. ProxyHeaders.Inet, 4, 0]) },
        { "a vector past the end", ProxyHeaders.V2(0x21, 0x11, [.. ProxyHeaders.Inet, 4, 0, 2, 1]) },
        { "a wrong checksum", ProxyHeaders.WithChecksum(0x11, ProxyHeaders.Inet, wrongBy: 1) },
        { "a checksum of two bytes", ProxyHeaders.V2(0x21, 0x11, [.. ProxyHeaders.Inet, .. ProxyHeaders.Vector(3, 1, 2)]) },
        { "one byte longer than may be", ProxyHeaders.V2(0x21, 0x11, [.. ProxyHeaders.Inet, .. ProxyHeaders.Vector(4, new byte[Most - 16 - 12 - 2])]) },
        { "64 KiB announced and not sent", [.. ProxyHeaders.Signature, 0x21, 0x11, 0xFF, 0xFF] },
    };

    [Theory]
    [MemberData(nameof(GoodLines))]
    public void A_line_names_source_and_destination(string line, string? source, string? destination)
    {
        byte[] bytes = [.. ProxyHeaders.V1(line), 3, 0, 0];
        var header = ProxyHeaderParser.Parse(bytes, Most);
        Assert.Equal(new ProxyHeader(ProxyHeaderStatus.Ok, line.Length, header.Source, header.Destination), header);
        Assert.Equal((source, destination), (header.Source?.ToString(), header.Destination?.ToString()));
        AssertWaitsForTheEnd(bytes, header);
    }

    [Theory]
    [MemberData(nameof(BadLines))]
    public void A_line_that_breaks_a_rule_is_malformed(string line)
    {
        var header = ProxyHeaderParser.Parse(ProxyHeaders.V1(line), Most);
        Assert.Equal((ProxyHeaderStatus.Malformed, 0, null), (header.Status, header.Length, header.Source));
        Assert.NotNull(header.Error);
    }

    [Theory]
    [MemberData(nameof(GoodHeaders))]
    public void A_binary_header_names_its_source_or_nobody(string what, byte[] bytes, string? source)
    {
        byte[] followed = [.. bytes, 3, 0, 0];
        var header = ProxyHeaderParser.Parse(followed, Most);
        Assert.True(header.Status == ProxyHeaderStatus.Ok, $"{what}: {header.Error}");
        Assert.Equal((bytes.Length, source), (header.Length, header.Source?.ToString()));
        Assert.Equal(source is null, header.Destination is null);
        AssertWaitsForTheEnd(followed, header);
    }

    [Theory]
    [MemberData(nameof(BadHeaders))]
    public void A_binary_header_that_breaks_a_rule_is_malformed(string what, byte[] bytes)
    {
        var header = ProxyHeaderParser.Parse(bytes, Most);
        Assert.True(header is { Status: ProxyHeaderStatus.Malformed, Length: 0, Source: null, Error: not null }, what);
    }

    [Theory]
    [InlineData("\u0003\0\0\0")] // RTMP
    [InlineData("\u0016\u0003\u0001")] // TLS
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("PROXX")]
    [InlineData("\r\n\r\n\r\n")]
    [InlineData("proxy TCP4 192.168.0.1 192.168.0.11 56324 443\r\n")]
    public void A_connection_that_begins_otherwise_has_no_header(string bytes) =>
        Assert.Equal(ProxyHeaderStatus.Missing, ProxyHeaderParser.Parse(ProxyHeaders.V1(bytes), Most).Status);

    [Fact]
    public void A_header_in_pieces_of_a_pipe_is_the_same_header()
    {
        var bytes = ProxyHeaders.WithChecksum(0x21, ProxyHeaders.Inet6);
        var first = new Piece(bytes.AsMemory(0, 7), 0);
        var last = first.Followed(bytes.AsMemory(7, 30)).Followed(new byte[5000].AsMemory()).Followed(ReadOnlyMemory<byte>.Empty);
        Assert.Equal(ProxyHeaderStatus.NeedMore, ProxyHeaderParser.Parse(new ReadOnlySequence<byte>(first, 0, first.Next!, 30), Most).Status);
        first = new Piece(bytes.AsMemory(0, 7), 0);
        last = first.Followed(bytes.AsMemory(7)).Followed(new byte[5000].AsMemory());
        Assert.Equal(ProxyHeaderParser.Parse(bytes, Most), ProxyHeaderParser.Parse(new ReadOnlySequence<byte>(first, 0, last, 5000), Most));
    }

    // Byte by byte, nothing is said before the header is whole, and then the same.
    private static void AssertWaitsForTheEnd(byte[] bytes, ProxyHeader whole)
    {
        for (var length = 0; length < whole.Length; length++)
            Assert.Equal(ProxyHeaderStatus.NeedMore, ProxyHeaderParser.Parse(bytes.AsSpan(0, length), Most).Status);
        Assert.Equal(whole, ProxyHeaderParser.Parse(bytes.AsSpan(0, whole.Length), Most));
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, long index) => (Memory, RunningIndex) = (memory, index);

        public Piece Followed(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
