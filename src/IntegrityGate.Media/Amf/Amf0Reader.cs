using System.Buffers.Binary;

namespace IntegrityGate.Media.Amf;

/// <summary>
/// Reads AMF0 (specification of 2007-12-11) the way the field writes it: an object or array that ends with the message needs no
/// end marker, the count of an ECMA array is a hint, an AMF3 value may stand anywhere behind its marker 0x11 (3.1), and a damaged
/// value still gives what came before the damage.
/// </summary>
public ref struct Amf0Reader
{
    private AmfCursor _at;

    /// <summary>Reads a message body.</summary>
    public Amf0Reader(ReadOnlySpan<byte> data, AmfLimits limits) => _at = new AmfCursor(data, limits);

    /// <summary>Bytes used so far.</summary>
    public readonly int Position => _at.Position;

    /// <summary>Why the last call said <see cref="AmfReadStatus.Malformed"/>.</summary>
    public readonly string? Error => _at.Error;

    /// <summary>The name of the limit that was gone over, in the terms of <see cref="AmfLimits"/>; null when none was.</summary>
    public readonly string? BreachedLimit => _at.BreachedLimit;

    /// <summary>Reads the next value.</summary>
    /// <param name="value">The value; with <see cref="AmfReadStatus.Malformed"/>, the part before the damage.</param>
    public AmfReadStatus Read(out AmfValue value)
    {
        value = AmfUndefined.Value;
        if (Error is not null)
            return AmfReadStatus.Malformed;
        if (_at.Rest.IsEmpty)
            return AmfReadStatus.End;
        return ReadValue(0, out value) ? AmfReadStatus.Ok : AmfReadStatus.Malformed;
    }

    private bool ReadValue(int depth, out AmfValue value)
    {
        value = AmfUndefined.Value;
        if (!_at.Count(depth) || !_at.Take(1, out var marker))
            return false;
        switch (marker[0])
        {
            case Amf0Marker.Number:
                if (!_at.Take(8, out var number))
                    return false;
                value = new AmfNumber(BinaryPrimitives.ReadDoubleBigEndian(number));
                return true;
            case Amf0Marker.Boolean:
                if (!_at.Take(1, out var boolean))
                    return false;
                value = AmfValue.FromBoolean(boolean[0] != 0);
                return true;
            case Amf0Marker.String:
            case Amf0Marker.LongString:
                if (!ReadText(marker[0] == Amf0Marker.LongString, out var text))
                    return false;
                value = new AmfString(text);
                return true;
            case Amf0Marker.Xml:
                if (!ReadText(isLong: true, out var xml))
                    return false;
                value = new AmfXml(xml);
                return true;
            case Amf0Marker.Null:
                value = AmfNull.Value;
                return true;
            case Amf0Marker.Undefined:
            case Amf0Marker.Unsupported:
                return true;
            case Amf0Marker.Reference:
                if (!_at.Take(2, out var index))
                    return false;
                value = new AmfReference(BinaryPrimitives.ReadUInt16BigEndian(index));
                return true;
            case Amf0Marker.Date:
                if (!_at.Take(10, out var date)) // 2.13: a double, then a time zone that shall be zero
                    return false;
                value = new AmfDate(BinaryPrimitives.ReadDoubleBigEndian(date));
                return true;
            case Amf0Marker.Object:
                return ReadProperties(depth, new AmfObject(), out value);
            case Amf0Marker.EcmaArray:
                return _at.Take(4, out _) && ReadProperties(depth, new AmfObject { IsEcmaArray = true }, out value);
            case Amf0Marker.TypedObject:
                return ReadText(isLong: false, out var name) && ReadProperties(depth, new AmfObject { ClassName = name }, out value);
            case Amf0Marker.StrictArray:
                return ReadStrictArray(depth, out value);
            case Amf0Marker.AvmPlus:
                return ReadAmf3(depth, out value);
            default:
                return _at.Fail($"unknown AMF0 marker 0x{marker[0]:x2} at byte {Position - 1}");
        }
    }

    private bool ReadProperties(int depth, AmfObject target, out AmfValue value)
    {
        value = target;
        while (!_at.Rest.IsEmpty)
        {
            if (_at.Rest is [0, 0, Amf0Marker.ObjectEnd, ..])
                return _at.Take(3, out _);

            if (!ReadText(isLong: false, out var name))
                return false;
            var ok = ReadValue(depth + 1, out var property);
            if (ok || property is not AmfUndefined)
                target.Add(name, property);
            if (!ok)
                return false;
        }

        return true; // no end marker, but the message is over
    }

    private bool ReadStrictArray(int depth, out AmfValue value)
    {
        var items = new List<AmfValue>();
        value = new AmfArray(items);
        if (!_at.Take(4, out var countBytes))
            return false;
        var count = BinaryPrimitives.ReadUInt32BigEndian(countBytes);
        for (uint i = 0; i < count; i++)
        {
            if (_at.Rest.IsEmpty)
                return _at.Fail($"a strict array of {count} elements ends after {i}");
            var ok = ReadValue(depth + 1, out var item);
            if (!ok)
                return false;
            items.Add(item);
        }

        return true;
    }

    private bool ReadAmf3(int depth, out AmfValue value)
    {
        // The switch is not sticky, and each switched value has tables of its own (AMF0 3.1; E-RTMP v2, "AMF0 and AMF3").
        var inner = new Amf3Reader(_at, depth);
        var status = inner.Read(out value);
        _at = inner.Cursor;
        return status == AmfReadStatus.Ok || _at.Fail("an AMF3 value is missing");
    }

    private bool ReadText(bool isLong, out string text)
    {
        text = "";
        if (!_at.Take(isLong ? 4 : 2, out var lengthBytes))
            return false;
        var length = isLong ? BinaryPrimitives.ReadUInt32BigEndian(lengthBytes) : BinaryPrimitives.ReadUInt16BigEndian(lengthBytes);
        if (!_at.TakeText(length, out var bytes))
            return false;
        text = AmfText.Decode(bytes);
        return true;
    }
}
