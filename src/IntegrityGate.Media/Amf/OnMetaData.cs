using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace IntegrityGate.Media.Amf;

/// <summary>
/// The metadata message of a stream: <c>onMetaData</c> and one object, as an FLV tag has it (FLV 10.1, E.5) or behind
/// <c>@setDataFrame</c>, as publishers send it. It finds properties and sets one, and every other byte stays as the encoder wrote it.
/// </summary>
public readonly ref struct OnMetaData
{
    /// <summary>The name of the message.</summary>
    public const string MessageName = "onMetaData";

    private static readonly AmfLimits Limits = new(32, 65536, 65535);

    private readonly ReadOnlySpan<byte> _payload;
    private readonly int _valueStart;

    private OnMetaData(ReadOnlySpan<byte> payload, int valueStart)
    {
        _payload = payload;
        _valueStart = valueStart;
    }

    private static ReadOnlySpan<byte> SetDataFrame => "\u0002\0\u000d@setDataFrame"u8;

    private static ReadOnlySpan<byte> Name => "\u0002\0\u000aonMetaData"u8;

    /// <summary>Bytes of the <c>@setDataFrame</c> string that precedes the tag form: 16, or 0 when it is missing.</summary>
    public static int PrefixLength(ReadOnlySpan<byte> payload) => payload.StartsWith(SetDataFrame) ? SetDataFrame.Length : 0;

    /// <summary>The bytes that a publisher writes before the tag form.</summary>
    public static ReadOnlySpan<byte> Prefix => SetDataFrame;

    /// <summary>True when a data message is metadata, with or without <c>@setDataFrame</c>.</summary>
    public static bool IsMatch(ReadOnlySpan<byte> payload) => payload[PrefixLength(payload)..].StartsWith(Name);

    /// <summary>Recognises a data message.</summary>
    /// <returns>False when it is not metadata.</returns>
    public static bool TryParse(ReadOnlySpan<byte> payload, out OnMetaData metadata)
    {
        var isMatch = IsMatch(payload);
        metadata = isMatch ? new OnMetaData(payload, PrefixLength(payload) + Name.Length) : default;
        return isMatch;
    }

    /// <summary>Makes metadata with one property, for a stream that never sent any: the tag form, an ECMA array.</summary>
    public static byte[] Create(string name, string value)
    {
        var output = new ArrayBufferWriter<byte>(64 + name.Length + (value.Length * 3));
        output.Write(Name);
        new Amf0Writer(output).Write(Single(name, value));
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads the properties; damage cuts the rest off.</summary>
    public AmfObject Read()
    {
        var reader = new Amf0Reader(_payload[_valueStart..], Limits);
        reader.Read(out var value);
        return value as AmfObject ?? new AmfObject { IsEcmaArray = true };
    }

    /// <summary>
    /// Finds a property by its name (case as written): a string as it is, an object as JSON. The top level goes before nested objects.
    /// </summary>
    /// <returns>False when there is none.</returns>
    public bool TryFind(string name, out string value)
    {
        var all = FindAll(name);
        value = all.Count > 0 ? all[0] : "";
        return all.Count > 0;
    }

    /// <summary>Finds every value by that name, the outer ones first: labels that disagree are a finding of their own.</summary>
    public IReadOnlyList<string> FindAll(string name)
    {
        var found = new List<string>();
        var level = new List<AmfObject> { Read() };
        while (level.Count > 0)
        {
            var next = new List<AmfObject>();
            foreach (var (key, value) in level.SelectMany(target => target.Properties))
            {
                if (string.Equals(key, name, StringComparison.Ordinal) && AmfJson.Text(value) is { } text)
                    found.Add(text);
                else if (value is AmfObject nested)
                    next.Add(nested);
                else if (value is AmfArray array)
                    next.AddRange(array.Items.OfType<AmfObject>());
            }

            level = next;
        }

        return found;
    }

    /// <summary>Sets one property at the top level to a string: replaced where it stands, else put at the end (in damaged metadata: at the front).</summary>
    /// <returns>The new payload, in the same form (with or without <c>@setDataFrame</c>).</returns>
    public byte[] WithProperty(string name, string value)
    {
        var output = new ArrayBufferWriter<byte>(_payload.Length + 16 + name.Length + (value.Length * 3));
        var marker = _valueStart < _payload.Length ? _payload[_valueStart] : (byte)0xFF;
        switch (marker)
        {
            case Amf0Marker.EcmaArray when _payload.Length - _valueStart >= 5:
                WriteEdited(output, _valueStart + 5, name, value);
                break;
            case Amf0Marker.Object:
                WriteEdited(output, _valueStart + 1, name, value);
                break;
            case Amf0Marker.AvmPlus:
                // AMF3 strings refer to one another by position, so that an edit in place could change others: rewritten as AMF0.
                output.Write(_payload[.._valueStart]);
                var rewritten = new AmfObject { IsEcmaArray = true };
                foreach (var (key, property) in Read().Where(property => property.Key != name))
                    rewritten.Add(key, property);
                rewritten.Add(name, value);
                new Amf0Writer(output).Write(rewritten);
                break;
            default:
                output.Write(_payload[.._valueStart]);
                new Amf0Writer(output).Write(Single(name, value));
                break;
        }

        return output.WrittenSpan.ToArray();
    }

    private void WriteEdited(ArrayBufferWriter<byte> output, int first, string name, string value)
    {
        var copied = 0;
        var at = first;
        uint properties = 0;
        var replaced = false;
        var key = new byte[AmfText.ByteCount(name)];
        AmfText.Encode(name, key);
        var insertAt = first;
        var isLastOpen = false;
        while (true)
        {
            if (at == _payload.Length || _payload[at..] is [0, 0, Amf0Marker.ObjectEnd, ..])
            {
                // Without an end marker behind a nested object, the end of the message may be inside that object.
                insertAt = at == _payload.Length && isLastOpen ? first : at;
                break;
            }

            var keyStart = at + 2;
            if (!Amf0Scanner.TrySkipText(_payload, ref at))
                break;
            var isMatch = _payload[keyStart..at].SequenceEqual(key);
            var valueStart = at;
            if (!Amf0Scanner.TrySkip(_payload, ref at))
                break;
            properties++;
            isLastOpen = _payload[valueStart] is Amf0Marker.Object or Amf0Marker.EcmaArray or Amf0Marker.TypedObject
                or Amf0Marker.StrictArray or Amf0Marker.AvmPlus;
            if (!isMatch)
                continue;
            output.Write(_payload[copied..valueStart]);
            new Amf0Writer(output).Write(value);
            copied = at;
            replaced = true;
        }

        if (!replaced)
        {
            output.Write(_payload[..insertAt]);
            copied = insertAt;
            WriteProperty(output, key, value);
        }

        output.Write(_payload[copied..]);
        if (!replaced)
            AdjustCount(output, properties);
    }

    private static void WriteProperty(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> key, string value)
    {
        var span = output.GetSpan(2 + key.Length);
        BinaryPrimitives.WriteUInt16BigEndian(span, (ushort)key.Length);
        key.CopyTo(span[2..]);
        output.Advance(2 + key.Length);
        new Amf0Writer(output).Write(value);
    }

    private static AmfObject Single(string name, string value)
    {
        var properties = new AmfObject { IsEcmaArray = true };
        properties.Add(name, value);
        return properties;
    }

    // A count that was right stays right; a wrong one (0 is common) is the encoder's own, and readers go by the end marker anyway.
    private void AdjustCount(ArrayBufferWriter<byte> output, uint properties)
    {
        if (_payload[_valueStart] != Amf0Marker.EcmaArray || BinaryPrimitives.ReadUInt32BigEndian(_payload[(_valueStart + 1)..]) != properties)
            return;
        if (MemoryMarshal.TryGetArray(output.WrittenMemory, out var segment))
            BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(_valueStart + 1), properties + 1);
    }
}
