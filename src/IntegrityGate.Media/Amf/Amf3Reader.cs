using System.Buffers.Binary;
using System.Globalization;

namespace IntegrityGate.Media.Amf;

/// <summary>Reads AMF3 (specification of January 2013) with the same leniency and limits as <see cref="Amf0Reader"/>.</summary>
public ref struct Amf3Reader
{
    private readonly int _baseDepth;
    private AmfCursor _at;
    private List<string>? _strings;
    private List<Amf3Traits>? _traits;

    /// <summary>Reads a message body.</summary>
    public Amf3Reader(ReadOnlySpan<byte> data, AmfLimits limits) => _at = new AmfCursor(data, limits);

    /// <summary>Reads the part of a message behind an AMF0 switch marker.</summary>
    /// <param name="at">Where the AMF0 reader around it stands.</param>
    /// <param name="depth">Depth that it has reached.</param>
    internal Amf3Reader(AmfCursor at, int depth)
    {
        _at = at;
        _baseDepth = depth;
    }

    /// <summary>Bytes used so far.</summary>
    public readonly int Position => _at.Position;

    /// <summary>Why the last call said <see cref="AmfReadStatus.Malformed"/>.</summary>
    public readonly string? Error => _at.Error;

    /// <summary>The name of the limit that was gone over, in the terms of <see cref="AmfLimits"/>; null when none was.</summary>
    public readonly string? BreachedLimit => _at.BreachedLimit;

    /// <summary>Where this reader stands.</summary>
    internal readonly AmfCursor Cursor => _at;

    /// <summary>Reads the next value.</summary>
    public AmfReadStatus Read(out AmfValue value)
    {
        value = AmfUndefined.Value;
        if (Error is not null)
            return AmfReadStatus.Malformed;
        if (_at.Rest.IsEmpty)
            return AmfReadStatus.End;
        return ReadValue(_baseDepth, out value) ? AmfReadStatus.Ok : AmfReadStatus.Malformed;
    }

    private bool ReadValue(int depth, out AmfValue value)
    {
        value = AmfUndefined.Value;
        if (!_at.Count(depth) || !_at.Take(1, out var marker))
            return false;
        switch (marker[0])
        {
            case Amf3Marker.Undefined:
                return true;
            case Amf3Marker.Null:
                value = AmfNull.Value;
                return true;
            case Amf3Marker.False:
            case Amf3Marker.True:
                value = AmfValue.FromBoolean(marker[0] == Amf3Marker.True);
                return true;
            case Amf3Marker.Integer:
                if (!ReadU29(out var integer))
                    return false;
                value = new AmfNumber((integer << 3) >> 3); // 3.6: 29 bits, signed
                return true;
            case Amf3Marker.Double:
                if (!_at.Take(8, out var number))
                    return false;
                value = new AmfNumber(BinaryPrimitives.ReadDoubleBigEndian(number));
                return true;
            case Amf3Marker.String:
                if (!ReadText(out var text))
                    return false;
                value = new AmfString(text);
                return true;
            case Amf3Marker.XmlDocument or Amf3Marker.Xml:
                return ReadXml(out value);
            case Amf3Marker.Date:
                return ReadDate(out value);
            case Amf3Marker.Array:
                return ReadArray(depth, out value);
            case Amf3Marker.Object:
                return ReadObject(depth, out value);
            case Amf3Marker.ByteArray:
                return ReadBytes(out value);
            case Amf3Marker.VectorInt or Amf3Marker.VectorUInt or Amf3Marker.VectorDouble or Amf3Marker.VectorObject:
                return ReadVector(depth, marker[0], out value);
            case Amf3Marker.Dictionary:
                return ReadDictionary(depth, out value);
            default:
                return _at.Fail($"unknown AMF3 marker 0x{marker[0]:x2} at byte {Position - 1}");
        }
    }

    private bool ReadObject(int depth, out AmfValue value)
    {
        value = AmfUndefined.Value;
        if (!ReadU29(out var header))
            return false;
        if ((header & 1) == 0)
        {
            value = new AmfReference(header >> 1);
            return true;
        }

        if (!ReadTraits(header, out var traits))
            return false;
        if (traits.IsExternalizable)
        {
            // The one externalizable class of the field: its body is a single value (the array it wraps).
            return traits.ClassName == "flex.messaging.io.ArrayCollection"
                ? ReadValue(depth + 1, out value)
                : _at.Fail("an externalizable object has no readable form");
        }

        var target = new AmfObject { ClassName = traits.ClassName.Length == 0 ? null : traits.ClassName };
        value = target;
        foreach (var member in traits.Members)
        {
            if (!ReadValue(depth + 1, out var property))
                return false;
            target.Add(member, property);
        }

        return !traits.IsDynamic || ReadNamed(depth, target);
    }

    private bool ReadTraits(int header, out Amf3Traits traits)
    {
        traits = new Amf3Traits("", [], false, false);
        _traits ??= [];
        if ((header & 2) == 0)
        {
            if (header >> 2 >= _traits.Count)
                return _at.Fail($"traits {header >> 2} are referred to but not defined");
            traits = _traits[header >> 2];
            return true;
        }

        if (!ReadText(out var name))
            return false;
        var isExternalizable = (header & 4) != 0;
        var memberCount = isExternalizable ? 0 : header >> 4;
        if (memberCount > _at.Rest.Length) // each name takes a byte at least
            return _at.Fail($"an object of {memberCount} members is longer than the message");
        var members = new string[memberCount];
        for (var i = 0; i < memberCount; i++)
        {
            if (!_at.Count(_baseDepth) || !ReadText(out members[i]))
                return false;
        }

        traits = new Amf3Traits(name, members, (header & 8) != 0, isExternalizable);
        _traits.Add(traits);
        return true;
    }

    private bool ReadArray(int depth, out AmfValue value)
    {
        if (ReadLength(out var length, out value) is { } done)
            return done;

        var named = new AmfObject { IsEcmaArray = true };
        if (!ReadNamed(depth, named))
        {
            value = named;
            return false;
        }

        var items = new List<AmfValue>();
        value = named.Properties.Count == 0 ? new AmfArray(items) : named;
        for (var i = 0; i < length; i++)
        {
            if (!ReadValue(depth + 1, out var item))
                return false;
            if (named.Properties.Count == 0)
                items.Add(item);
            else
                named.Add(i.ToString(CultureInfo.InvariantCulture), item);
        }

        return true;
    }

    // Named members up to the empty name (3.11, 3.12); a message that ends first ends them too.
    private bool ReadNamed(int depth, AmfObject target)
    {
        while (!_at.Rest.IsEmpty)
        {
            if (!ReadText(out var name))
                return false;
            if (name.Length == 0)
                return true;
            if (!ReadValue(depth + 1, out var property))
                return false;
            target.Add(name, property);
        }

        return true;
    }

    private bool ReadVector(int depth, byte marker, out AmfValue value)
    {
        if (ReadLength(out var length, out value) is { } done)
            return done;

        var items = new List<AmfValue>();
        value = new AmfArray(items);
        if (!_at.Take(1, out _) || (marker == Amf3Marker.VectorObject && !ReadText(out _)))
            return false;
        for (var i = 0; i < length; i++)
        {
            if (marker == Amf3Marker.VectorObject)
            {
                if (!ReadValue(depth + 1, out var element))
                    return false;
                items.Add(element);
                continue;
            }

            if (!_at.Count(depth + 1) || !_at.Take(marker == Amf3Marker.VectorDouble ? 8 : 4, out var bytes))
                return false;
            items.Add(new AmfNumber(marker switch
            {
                Amf3Marker.VectorInt => BinaryPrimitives.ReadInt32BigEndian(bytes),
                Amf3Marker.VectorUInt => BinaryPrimitives.ReadUInt32BigEndian(bytes),
                _ => BinaryPrimitives.ReadDoubleBigEndian(bytes),
            }));
        }

        return true;
    }

    private bool ReadDictionary(int depth, out AmfValue value)
    {
        if (ReadLength(out var length, out value) is { } done)
            return done;

        var target = new AmfObject { IsEcmaArray = true };
        value = target;
        if (!_at.Take(1, out _)) // weak keys, or not
            return false;
        for (var i = 0; i < length; i++)
        {
            if (!ReadValue(depth + 1, out var key) || !ReadValue(depth + 1, out var element))
                return false;
            var name = key switch
            {
                AmfString text => text.Value,
                AmfNumber number => number.Value.ToString(CultureInfo.InvariantCulture),
                _ => i.ToString(CultureInfo.InvariantCulture),
            };
            target.Add(name, element);
        }

        return true;
    }

    private bool ReadDate(out AmfValue value)
    {
        if (ReadLength(out var length, out value) is { } done)
            return done;

        if (!_at.Take(8, out var date))
            return false;
        value = new AmfDate(BinaryPrimitives.ReadDoubleBigEndian(date));
        return true;
    }

    // What most values start with (3.7 to 3.16): a length, or a reference instead of the value. Null: the value follows.
    private bool? ReadLength(out int length, out AmfValue value)
    {
        value = AmfUndefined.Value;
        length = 0;
        if (!ReadU29(out var header))
            return false;
        length = header >> 1;
        if ((header & 1) != 0)
            return null;
        value = new AmfReference(length);
        return true;
    }

    private bool ReadXml(out AmfValue value)
    {
        if (!ReadBytes(out value))
            return false;
        if (value is AmfBytes bytes)
            value = new AmfXml(AmfText.Decode(bytes.Value.Span));
        return true;
    }

    private bool ReadBytes(out AmfValue value)
    {
        if (ReadLength(out var length, out value) is { } done)
            return done;

        if (!_at.TakeText((uint)length, out var bytes))
            return false;
        value = new AmfBytes(bytes.ToArray());
        return true;
    }

    private bool ReadText(out string text)
    {
        text = "";
        if (!ReadU29(out var header))
            return false;
        _strings ??= [];
        if ((header & 1) == 0)
        {
            if (header >> 1 >= _strings.Count)
                return _at.Fail($"string {header >> 1} is referred to but not defined");
            text = _strings[header >> 1];
            return true;
        }

        if (!_at.TakeText((uint)header >> 1, out var bytes))
            return false;
        text = AmfText.Decode(bytes);
        if (text.Length > 0) // 1.3.2: the empty string is never sent by reference
            _strings.Add(text);
        return true;
    }

    // 1.3.1: up to four bytes, seven bits each but for the fourth, which gives eight.
    private bool ReadU29(out int value)
    {
        value = 0;
        for (var i = 0; i < 4; i++)
        {
            if (!_at.Take(1, out var next))
                return false;
            if (i == 3)
            {
                value = (value << 8) | next[0];
                return true;
            }

            value = (value << 7) | (next[0] & 0x7F);
            if ((next[0] & 0x80) == 0)
                return true;
        }

        return true;
    }
}
