using System.Buffers;
using System.Buffers.Binary;

namespace IntegrityGate.Media.Amf;

/// <summary>Writes AMF0 values (specification of 2007-12-11).</summary>
/// <param name="output">Where the bytes go.</param>
public readonly ref struct Amf0Writer(IBufferWriter<byte> output)
{
    /// <summary>Writes a string; over 65,535 bytes, as a long string.</summary>
    public void Write(string value)
    {
        var length = AmfText.ByteCount(value);
        if (length <= ushort.MaxValue)
        {
            WriteMarker(Amf0Marker.String);
            WriteShortText(value, length);
            return;
        }

        var span = output.GetSpan(5 + length);
        span[0] = Amf0Marker.LongString;
        BinaryPrimitives.WriteInt32BigEndian(span[1..], length);
        AmfText.Encode(value, span[5..]);
        output.Advance(5 + length);
    }

    /// <summary>Writes a number.</summary>
    public void Write(double value)
    {
        var span = output.GetSpan(9);
        span[0] = Amf0Marker.Number;
        BinaryPrimitives.WriteDoubleBigEndian(span[1..], value);
        output.Advance(9);
    }

    /// <summary>Writes null.</summary>
    public void WriteNull() => WriteMarker(Amf0Marker.Null);

    /// <summary>Writes any value. References have no meaning outside the message they came from and become undefined; byte arrays, which AMF0 lacks, too.</summary>
    public void Write(AmfValue value)
    {
        switch (value)
        {
            case AmfNumber number:
                Write(number.Value);
                break;
            case AmfBoolean boolean:
                var span = output.GetSpan(2);
                span[0] = Amf0Marker.Boolean;
                span[1] = boolean.Value ? (byte)1 : (byte)0;
                output.Advance(2);
                break;
            case AmfString text:
                Write(text.Value);
                break;
            case AmfNull:
                WriteNull();
                break;
            case AmfObject target:
                WriteObject(target);
                break;
            case AmfArray array:
                WriteMarker(Amf0Marker.StrictArray);
                WriteCount(array.Items.Count);
                foreach (var item in array.Items)
                    Write(item);
                break;
            case AmfDate date:
                var dateSpan = output.GetSpan(11);
                dateSpan[0] = Amf0Marker.Date;
                BinaryPrimitives.WriteDoubleBigEndian(dateSpan[1..], date.UnixMilliseconds);
                dateSpan[9] = dateSpan[10] = 0;
                output.Advance(11);
                break;
            case AmfXml xml:
                var length = AmfText.ByteCount(xml.Text);
                WriteMarker(Amf0Marker.Xml);
                WriteCount(length);
                AmfText.Encode(xml.Text, output.GetSpan(length));
                output.Advance(length);
                break;
            default:
                WriteMarker(Amf0Marker.Undefined);
                break;
        }
    }

    private void WriteObject(AmfObject target)
    {
        if (target.IsEcmaArray)
        {
            WriteMarker(Amf0Marker.EcmaArray);
            WriteCount(target.Properties.Count);
        }
        else if (target.ClassName is { } name)
        {
            WriteMarker(Amf0Marker.TypedObject);
            WriteShortText(name, AmfText.ByteCount(name));
        }
        else
        {
            WriteMarker(Amf0Marker.Object);
        }

        foreach (var (key, value) in target.Properties)
        {
            WriteShortText(key, AmfText.ByteCount(key));
            Write(value);
        }

        ReadOnlySpan<byte> end = [0, 0, Amf0Marker.ObjectEnd];
        output.Write(end);
    }

    private void WriteShortText(string text, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, ushort.MaxValue, nameof(text));
        var span = output.GetSpan(2 + length);
        BinaryPrimitives.WriteUInt16BigEndian(span, (ushort)length);
        AmfText.Encode(text, span[2..]);
        output.Advance(2 + length);
    }

    private void WriteCount(int count)
    {
        BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(4), count);
        output.Advance(4);
    }

    private void WriteMarker(byte marker)
    {
        output.GetSpan(1)[0] = marker;
        output.Advance(1);
    }
}
