using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using IntegrityGate.Media.Codecs;

namespace IntegrityGate.Media.Matroska;

/// <summary>
/// Writes one video track as Matroska (RFC 9559) for an ffmpeg process of ours: the container that carries every codec with its own
/// framing and presentation times in milliseconds, and of which a reader needs no byte beyond the picture that it wants.
/// </summary>
internal static class MatroskaWriter
{
    private const byte IsKeyFlag = 0x80; // RFC 9559 10.2
    private const int SizeLength = 4;
    private const uint SizeMarker = 0x10000000;

    private static ReadOnlySpan<byte> UnknownSize => [0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]; // RFC 8794 section 4

    /// <summary>Writes the head, up to the first cluster.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="codec">The track's codec by Matroska's name.</param>
    /// <param name="configuration">The track's configuration; null when there is none.</param>
    /// <param name="video">What the track holds; null when it may hold anything.</param>
    /// <param name="rate">Pictures a second as a fraction; null when nobody needs to know.</param>
    public static void WriteStart(IBufferWriter<byte> output, string codec, ReadOnlySpan<byte> configuration, ActiveVideo? video, (long Numerator, long Denominator)? rate)
    {
        Write(output, ElementId.Ebml, Element(ElementId.DocType, "matroska"u8));
        WriteId(output, ElementId.Segment);
        output.Write(UnknownSize);
        Write(output, ElementId.Info, [.. Element(ElementId.TimestampScale, 1_000_000), .. Element(ElementId.MuxingApp, "integritygate"u8), .. Element(ElementId.WritingApp, "integritygate"u8)]);
        List<byte> track =
        [
            .. Element(ElementId.TrackNumber, 1), .. Element(ElementId.TrackUid, 1), .. Element(ElementId.TrackType, 1),
            .. Element(ElementId.CodecId, System.Text.Encoding.ASCII.GetBytes(codec)),
        ];
        if (!configuration.IsEmpty)
            track.AddRange(Element(ElementId.CodecPrivate, configuration));
        if (rate is { } pictures)
            track.AddRange(Element(ElementId.DefaultDuration, (ulong)(1_000_000_000 * pictures.Denominator / pictures.Numerator)));
        track.AddRange(Element(ElementId.Video, [.. Element(ElementId.PixelWidth, (ulong)(video?.Width ?? 16)), .. Element(ElementId.PixelHeight, (ulong)(video?.Height ?? 16))]));
        Write(output, ElementId.Tracks, Element(ElementId.TrackEntry, [.. track]));
    }

    /// <summary>Writes the head of one audio track, up to the first cluster. Rate and channels are the usual ones: the codec's own bits say the true ones.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="codec">The track's codec by Matroska's name.</param>
    /// <param name="configuration">The track's configuration; empty when there is none.</param>
    public static void WriteAudioStart(IBufferWriter<byte> output, string codec, ReadOnlySpan<byte> configuration)
    {
        const byte AudioTrack = 2;
        Span<byte> rate = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleBigEndian(rate, 48_000);
        Write(output, ElementId.Ebml, Element(ElementId.DocType, "matroska"u8));
        WriteId(output, ElementId.Segment);
        output.Write(UnknownSize);
        Write(output, ElementId.Info, [.. Element(ElementId.TimestampScale, 1_000_000), .. Element(ElementId.MuxingApp, "integritygate"u8), .. Element(ElementId.WritingApp, "integritygate"u8)]);
        List<byte> track =
        [
            .. Element(ElementId.TrackNumber, 1), .. Element(ElementId.TrackUid, 1), .. Element(ElementId.TrackType, AudioTrack),
            .. Element(ElementId.CodecId, System.Text.Encoding.ASCII.GetBytes(codec)),
        ];
        if (!configuration.IsEmpty)
            track.AddRange(Element(ElementId.CodecPrivate, configuration));
        track.AddRange(Element(ElementId.Audio, [.. Element(ElementId.SamplingFrequency, rate), .. Element(ElementId.Channels, 2)]));
        Write(output, ElementId.Tracks, Element(ElementId.TrackEntry, [.. track]));
    }

    /// <summary>Writes a picture, in a cluster of its own: clusters count time in 64 bits, blocks in 16.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="pts">Presentation time, ms; below 0 counts as 0.</param>
    /// <param name="isKey">True for a key frame.</param>
    /// <param name="unit">The coded data.</param>
    public static void WriteBlock(IBufferWriter<byte> output, long pts, bool isKey, ReadOnlySpan<byte> unit)
    {
        var time = Element(ElementId.Timestamp, (ulong)Math.Max(0, pts));
        WriteId(output, ElementId.Cluster);
        WriteSize(output, time.Length + 1 + SizeLength + 4 + unit.Length);
        output.Write(time);
        WriteId(output, ElementId.SimpleBlock);
        WriteSize(output, 4 + unit.Length);
        ReadOnlySpan<byte> head = [0x81, 0, 0, isKey ? IsKeyFlag : (byte)0]; // track 1, at the cluster's time
        output.Write(head);
        output.Write(unit);
    }

    private static byte[] Element(uint id, ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return Element(id, bytes[Math.Min(7, BitOperations.LeadingZeroCount(value) / 8)..]);
    }

    private static byte[] Element(uint id, ReadOnlySpan<byte> body)
    {
        var output = new ArrayBufferWriter<byte>(body.Length + 8);
        Write(output, id, body);
        return output.WrittenSpan.ToArray();
    }

    private static void Write(IBufferWriter<byte> output, uint id, ReadOnlySpan<byte> body)
    {
        WriteId(output, id);
        WriteSize(output, body.Length);
        output.Write(body);
    }

    private static void WriteId(IBufferWriter<byte> output, uint id)
    {
        var length = 4 - (BitOperations.LeadingZeroCount(id) / 8);
        var span = output.GetSpan(length);
        for (var i = 0; i < length; i++)
            span[i] = (byte)(id >> (8 * (length - 1 - i)));
        output.Advance(length);
    }

    private static void WriteSize(IBufferWriter<byte> output, int size)
    {
        BinaryPrimitives.WriteUInt32BigEndian(output.GetSpan(SizeLength), SizeMarker | (uint)size); // up to 256 MiB, beyond any packet
        output.Advance(SizeLength);
    }
}
