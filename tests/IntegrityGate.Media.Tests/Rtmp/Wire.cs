using System.Buffers;
using System.Buffers.Binary;
using IntegrityGate.Media.Amf;
using IntegrityGate.Media.Rtmp.Chunks;

namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>Writes chunks byte by byte, in forms that our own writer never uses.</summary>
internal static class Wire
{
    public static byte[] Basic(int format, int id) => id switch
    {
        < 64 => [(byte)((format << 6) | id)],
        < 320 => [(byte)(format << 6), (byte)(id - 64)],
        _ => [(byte)((format << 6) | 1), (byte)(id - 64), (byte)((id - 64) >> 8)],
    };

    /// <summary>A chunk of type 0.</summary>
    public static byte[] Full(int id, uint time, int length, MessageType type, uint stream, params byte[] payload) =>
        [.. Basic(0, id), .. Time(time), .. Int24(length), (byte)type, .. LittleEndian(stream), .. Extension(time), .. payload];

    /// <summary>A chunk of type 1.</summary>
    public static byte[] Delta(int id, uint time, int length, MessageType type, params byte[] payload) =>
        [.. Basic(1, id), .. Time(time), .. Int24(length), (byte)type, .. Extension(time), .. payload];

    /// <summary>A chunk of type 2.</summary>
    public static byte[] TimeOnly(int id, uint time, params byte[] payload) => [.. Basic(2, id), .. Time(time), .. Extension(time), .. payload];

    /// <summary>A chunk of type 3, with an extended time only when given.</summary>
    public static byte[] Repeat(int id, uint? extended, params byte[] payload) =>
        [.. Basic(3, id), .. extended is { } time ? BigEndian(time) : [], .. payload];

    public static byte[] BigEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    public static byte[] Amf(params ReadOnlySpan<AmfValue> values)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var value in values)
            new Amf0Writer(output).Write(value);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>One tag of an aggregate, back pointer included.</summary>
    public static byte[] Tag(MessageType type, uint time, params byte[] payload) =>
    [
        (byte)type, .. Int24(payload.Length), (byte)(time >> 16), (byte)(time >> 8), (byte)time, (byte)(time >> 24), 0, 0, 0,
        .. payload, .. BigEndian((uint)payload.Length + 11),
    ];

    public static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));

    private static byte[] Time(uint time) => Int24((int)Math.Min(time, 0xFFFFFF));

    private static byte[] Extension(uint time) => time >= 0xFFFFFF ? BigEndian(time) : [];

    private static byte[] Int24(int value) => [(byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static byte[] LittleEndian(uint value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];
}
