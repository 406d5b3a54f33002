using System.Buffers.Binary;
using System.IO.Compression;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Labels;

namespace IntegrityGate.Media.Tests.Splicing;

/// <summary>A label without letters: a plate of one colour, chosen by the wording, so that a pixel tells which label is on.</summary>
internal sealed class PlatePainter : ILabelPainter
{
    public const int X = 16, Y = 16, Width = 64, Height = 32;

    public LabelImage Paint(StampDirective directive, int width, int height)
    {
        (byte R, byte G, byte B) colour = directive.Text switch
        {
            "green" => (0, 255, 0),
            "magenta" => (255, 0, 255),
            _ => throw new InvalidOperationException($"No glyph for {directive.Text}."),
        };
        return new LabelImage(Png(colour), X, Y, Width, Height, Height, Height);
    }

    private static byte[] Png((byte R, byte G, byte B) colour)
    {
        using var rows = new MemoryStream();
        using (var packer = new ZLibStream(rows, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var y = 0; y < Height; y++)
            {
                packer.WriteByte(0);
                for (var x = 0; x < Width; x++)
                    packer.Write([colour.R, colour.G, colour.B, 255]);
            }
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        (header[8], header[9]) = (8, 6);
        var png = new List<byte> { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A };
        Chunk(png, "IHDR"u8, header);
        Chunk(png, "IDAT"u8, rows.ToArray());
        Chunk(png, "IEND"u8, []);
        return [.. png];
    }

    private static void Chunk(List<byte> png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        byte[] body = [.. type, .. data];
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.AddRange(number);
        png.AddRange(body);
        var crc = 0xFFFFFFFFu;
        foreach (var one in body)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
        }

        BinaryPrimitives.WriteUInt32BigEndian(number, ~crc);
        png.AddRange(number);
    }
}
