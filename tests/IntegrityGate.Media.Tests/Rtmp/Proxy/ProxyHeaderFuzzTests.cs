using IntegrityGate.Media.Rtmp.Proxy;

namespace IntegrityGate.Media.Tests.Rtmp.Proxy;

/// <summary>Spoilt PROXY headers: nothing is thrown, and however the bytes are cut, the answer is the same.</summary>
public sealed class ProxyHeaderFuzzTests
{
    private const int Most = 300;

    private static List<byte[]> Corpus =>
    [
        .. ((string[])
        [
            "PROXY TCP4 192.168.0.1 192.168.0.11 56324 443\r\n", "PROXY TCP6 2001:DB8::1 ::ffff:192.0.2.2 1000 1935\r\n",
            "PROXY UNKNOWN\r\n\u0003", "PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n", "PROXY TCP4 0.0.0.0 255.255.255.255 0 65535\r\n",
        ]).Select(ProxyHeaders.V1),
        ProxyHeaders.V2(0x21, 0x11, ProxyHeaders.Inet),
        ProxyHeaders.V2(0x21, 0x21, [.. ProxyHeaders.Inet6, .. ProxyHeaders.Vector(2, "host.example"u8.ToArray()), .. ProxyHeaders.Vector(4)]),
        ProxyHeaders.V2(0x20, 0x00),
        ProxyHeaders.V2(0x21, 0x31, [.. new byte[216], .. ProxyHeaders.Vector(4, 1)]),
        ProxyHeaders.WithChecksum(0x11, ProxyHeaders.Inet),
    ];

    [Fact]
    public void Header_reader_stands_and_says_the_same_however_the_bytes_are_cut()
    {
        var cuts = new Random(7);
        var whole = 0;
        new Mutator(8, Corpus).MustStand(200_000, input =>
        {
            var header = ProxyHeaderParser.Parse(input, Most);
            if (header.Length > input.Length || (header.Status == ProxyHeaderStatus.Ok) != (header.Length > 0) || header.Length > Most)
                throw new InvalidOperationException($"{header.Length} of {input.Length} bytes");
            if (header.Source is null != header.Destination is null)
                throw new InvalidOperationException("half an address");
            whole += header.Length > 0 ? 1 : 0;

            // The first answer to a beginning that is not "more" must be the answer to the whole.
            for (var length = cuts.Next(1, 20); length < input.Length; length += cuts.Next(1, 20))
            {
                var early = ProxyHeaderParser.Parse(input.AsSpan(0, length), Most);
                if (early.Status == ProxyHeaderStatus.NeedMore)
                    continue;
                if (early != header)
                    throw new InvalidOperationException($"{early} of {length} bytes, {header} of all");
                break;
            }
        });
        Assert.True(whole > 20_000, $"only {whole} inputs were headers");
    }

    [Fact]
    public void The_fuzzer_finds_a_defect_that_was_put_there()
    {
        // A reader that trusts the length of a vector, as careless ones do.
        var found = new Mutator(8, Corpus).Run(200_000, static input =>
        {
            if (ProxyHeaderParser.Parse(input, Most) is { Status: ProxyHeaderStatus.Malformed, Error: { } error } && error.Contains("past its end", StringComparison.Ordinal))
                throw new InvalidOperationException("the seeded defect");
        });
        Assert.Equal("the seeded defect", found?.Thrown.Message);
    }
}
