using System.Buffers.Binary;
using System.Net;
using System.Numerics;

namespace IntegrityGate.Media.Rtmp.Proxy;

/// <summary>Version 2, binary (section 2.2): signature, command, family, length, addresses, and type-length-value vectors.</summary>
internal static class ProxyHeaderV2
{
    /// <summary>Bytes up to and including the length field.</summary>
    public const int FixedBytes = 16;

    private const int VectorHead = 3;
    private const byte ChecksumType = 0x03; // PP2_TYPE_CRC32C, 2.2.3

    /// <summary>How every header begins.</summary>
    public static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>Reads a header that begins with <see cref="Signature"/> and has its fixed bytes.</summary>
    public static ProxyHeader Parse(ReadOnlySpan<byte> bytes, int maxBytes)
    {
        var (version, command) = (bytes[12] >> 4, bytes[12] & 0xF);
        var (family, transport) = (bytes[13] >> 4, bytes[13] & 0xF);
        if (version != 2 || command > 1)
            return ProxyHeader.Malformed("version 2 header has an unknown version or command");
        if (family > 3 || transport > 2)
            return ProxyHeader.Malformed("version 2 header has an unknown family or transport");
        var length = FixedBytes + BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]);
        if (length > maxBytes)
            return ProxyHeader.Malformed($"version 2 header announces {length} bytes, over the limit of {maxBytes}");
        if (bytes.Length < length)
            return ProxyHeader.NeedMore;
        var header = bytes[..length];

        // LOCAL: "discard the protocol block including the family"; unspecified: what the block means is not known.
        if (command == 0 || family == 0 || transport == 0)
            return ProxyHeader.WithoutAddress(length);
        var addresses = family switch { 1 => 12, 2 => 36, _ => 216 };
        if (length < FixedBytes + addresses)
            return ProxyHeader.Malformed("version 2 header is too short for the addresses of its family");
        if (CheckVectors(header, FixedBytes + addresses) is { } error)
            return ProxyHeader.Malformed(error);

        // A datagram or a Unix socket has no TCP address to carry on.
        if (family == 3 || transport == 2)
            return ProxyHeader.WithoutAddress(length);
        var size = family == 1 ? 4 : 16;
        var block = header[FixedBytes..];
        return new ProxyHeader(ProxyHeaderStatus.Ok, length, EndPoint(block, 0, size), EndPoint(block, 1, size));
    }

    private static IPEndPoint EndPoint(ReadOnlySpan<byte> block, int index, int size) => new(
        new IPAddress(block.Slice(index * size, size)),
        BinaryPrimitives.ReadUInt16BigEndian(block[((2 * size) + (2 * index))..]));

    // The vectors are skipped, but for the checksum, which the proxy put there for us to check.
    private static string? CheckVectors(ReadOnlySpan<byte> header, int at)
    {
        while (at < header.Length)
        {
            if (header.Length - at < VectorHead)
                return "version 2 header ends within a vector";
            var value = at + VectorHead;
            var length = BinaryPrimitives.ReadUInt16BigEndian(header[(at + 1)..]);
            if (length > header.Length - value)
                return "version 2 header has a vector that runs past its end";
            if (header[at] == ChecksumType && (length != sizeof(uint) || !IsChecksumRight(header, value)))
                return "version 2 header has a wrong checksum";
            at = value + length;
        }

        return null;
    }

    // CRC-32C (RFC 3720 appendix B.4) of the whole header with the checksum's own bytes taken for zero.
    private static bool IsChecksumRight(ReadOnlySpan<byte> header, int at)
    {
        var crc = uint.MaxValue;
        for (var i = 0; i < header.Length; i++)
            crc = BitOperations.Crc32C(crc, i >= at && i < at + sizeof(uint) ? (byte)0 : header[i]);
        return ~crc == BinaryPrimitives.ReadUInt32BigEndian(header[at..]);
    }
}
