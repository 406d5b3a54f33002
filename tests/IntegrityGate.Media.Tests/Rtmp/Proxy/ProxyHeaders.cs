using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace IntegrityGate.Media.Tests.Rtmp.Proxy;

/// <summary>Writes PROXY headers as load balancers do, and as none should.</summary>
internal static class ProxyHeaders
{
    public static byte[] Signature => [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A];

    public static byte[] V1(string line) => Encoding.Latin1.GetBytes(line);

    public static byte[] V2(int command, int family, params byte[] rest) =>
        [.. Signature, (byte)command, (byte)family, (byte)(rest.Length >> 8), (byte)rest.Length, .. rest];

    /// <summary>192.0.2.1:1000 to 192.0.2.2:1935.</summary>
    public static byte[] Inet => [192, 0, 2, 1, 192, 0, 2, 2, 0x03, 0xE8, 0x07, 0x8F];

    /// <summary>[2001:db8::1]:1000 to [2001:db8::2]:1935.</summary>
    public static byte[] Inet6 =>
        [0x20, 1, 0x0D, 0xB8, .. new byte[11], 1, 0x20, 1, 0x0D, 0xB8, .. new byte[11], 2, 0x03, 0xE8, 0x07, 0x8F];

    public static byte[] Vector(byte type, params byte[] value) => [type, (byte)(value.Length >> 8), (byte)value.Length, .. value];

    /// <summary>The same header with a CRC-32C vector at its end, right or not.</summary>
    public static byte[] WithChecksum(int family, byte[] addresses, uint wrongBy = 0)
    {
        var header = V2(0x21, family, [.. addresses, .. Vector(3, 0, 0, 0, 0)]);
        var crc = ~header.Aggregate(uint.MaxValue, BitOperations.Crc32C);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(header.Length - 4), crc + wrongBy);
        return header;
    }
}
