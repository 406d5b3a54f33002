using System.Buffers.Binary;

namespace IntegrityGate.Media.Amf;

/// <summary>Finds where AMF0 values begin and end without building them, for edits that must leave all other bytes alone.</summary>
internal static class Amf0Scanner
{
    // Deeper than any real metadata, shallow enough for the stack.
    private const int MaxDepth = 32;

    /// <summary>Moves <paramref name="at"/> behind the value that starts there.</summary>
    /// <returns>False when the value is damaged; <paramref name="at"/> is then meaningless.</returns>
    public static bool TrySkip(ReadOnlySpan<byte> data, ref int at, int depth = 0)
    {
        if (depth > MaxDepth || at >= data.Length)
            return false;
        switch (data[at++])
        {
            case Amf0Marker.Number:
                return TryAdvance(data, ref at, 8);
            case Amf0Marker.Boolean:
                return TryAdvance(data, ref at, 1);
            case Amf0Marker.String:
                return TrySkipText(data, ref at);
            case Amf0Marker.LongString or Amf0Marker.Xml:
                return data.Length - at >= 4 && BinaryPrimitives.ReadInt32BigEndian(data[at..]) is >= 0 and var length
                    && TryAdvance(data, ref at, 4) && TryAdvance(data, ref at, length);
            case Amf0Marker.Null or Amf0Marker.Undefined or Amf0Marker.Unsupported:
                return true;
            case Amf0Marker.Reference:
                return TryAdvance(data, ref at, 2);
            case Amf0Marker.Date:
                return TryAdvance(data, ref at, 10);
            case Amf0Marker.Object:
                return TrySkipProperties(data, ref at, depth);
            case Amf0Marker.EcmaArray:
                return TryAdvance(data, ref at, 4) && TrySkipProperties(data, ref at, depth);
            case Amf0Marker.TypedObject:
                return TrySkipText(data, ref at) && TrySkipProperties(data, ref at, depth);
            case Amf0Marker.StrictArray:
                return TrySkipElements(data, ref at, depth);
            case Amf0Marker.AvmPlus:
                var inner = new Amf3Reader(new AmfCursor(data[at..], new AmfLimits(MaxDepth, data.Length, data.Length)), depth);
                if (inner.Read(out _) != AmfReadStatus.Ok)
                    return false;
                at += inner.Position;
                return true;
            default:
                return false;
        }
    }

    /// <summary>Moves <paramref name="at"/> behind a text of 16-bit length, as names have it.</summary>
    public static bool TrySkipText(ReadOnlySpan<byte> data, ref int at) =>
        data.Length - at >= 2 && BinaryPrimitives.ReadUInt16BigEndian(data[at..]) is var length
        && TryAdvance(data, ref at, 2) && TryAdvance(data, ref at, length);

    private static bool TrySkipProperties(ReadOnlySpan<byte> data, ref int at, int depth)
    {
        while (at < data.Length)
        {
            if (data[at..] is [0, 0, Amf0Marker.ObjectEnd, ..])
            {
                at += 3;
                return true;
            }

            if (!TrySkipText(data, ref at) || !TrySkip(data, ref at, depth + 1))
                return false;
        }

        return true;
    }

    private static bool TrySkipElements(ReadOnlySpan<byte> data, ref int at, int depth)
    {
        if (data.Length - at < 4)
            return false;
        var count = BinaryPrimitives.ReadUInt32BigEndian(data[at..]);
        at += 4;
        for (uint i = 0; i < count; i++)
        {
            if (!TrySkip(data, ref at, depth + 1))
                return false;
        }

        return true;
    }

    private static bool TryAdvance(ReadOnlySpan<byte> data, ref int at, int count)
    {
        if (count > data.Length - at)
            return false;
        at += count;
        return true;
    }
}
