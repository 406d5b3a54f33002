using System.Buffers.Binary;
using System.Text;

namespace IntegrityGate.Detection.Tests;

/// <summary>Protocol buffer fields, and tensors made of them, as ONNX graphs are written. Linked by other test projects with the packs.</summary>
internal static class OnnxBytes
{
    public static byte[] Scalar(string name, float value)
    {
        var raw = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(raw, value);
        return [.. Number(2, 1), .. Utf8(8, name), .. Message(9, raw)];
    }

    // A dimension of null is the batch.
    public static byte[] Value(string name, params int?[] dimensions)
    {
        var shape = dimensions.SelectMany(size => Message(1, size is { } fixedSize ? Number(1, fixedSize) : Utf8(2, "n"))).ToArray();
        return [.. Utf8(1, name), .. Message(2, Message(1, [.. Number(1, 1), .. Message(2, shape)]))];
    }

    public static byte[] Utf8(int field, string text) => Message(field, Encoding.UTF8.GetBytes(text));

    public static byte[] Message(int field, byte[] content) => [.. Varint((field << 3) | 2), .. Varint(content.Length), .. content];

    public static byte[] Number(int field, int value) => [.. Varint(field << 3), .. Varint(value)];

    private static byte[] Varint(int value)
    {
        var bytes = new List<byte>();
        var left = (uint)value;
        for (; left > 127; left >>= 7)
            bytes.Add((byte)(left | 128));
        bytes.Add((byte)left);
        return [.. bytes];
    }
}
