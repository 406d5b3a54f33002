using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace IntegrityGate.Media.Amf;

/// <summary>Shows AMF values as the text that a reader of metadata expects: strings as they are, objects as JSON.</summary>
public static class AmfJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of a string or XML value, the JSON of an object, or null for anything else.</summary>
    public static string? Text(AmfValue value) => value switch
    {
        AmfString text => text.Value,
        AmfXml xml => xml.Text,
        AmfObject => Json(value),
        _ => null,
    };

    private static string Json(AmfValue value)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, Options))
            Write(writer, value);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, AmfValue value)
    {
        switch (value)
        {
            case AmfString text:
                writer.WriteStringValue(Valid(text.Value));
                break;
            case AmfXml xml:
                writer.WriteStringValue(Valid(xml.Text));
                break;
            case AmfNumber number when double.IsFinite(number.Value):
                writer.WriteNumberValue(number.Value);
                break;
            case AmfDate date when double.IsFinite(date.UnixMilliseconds):
                writer.WriteNumberValue(date.UnixMilliseconds);
                break;
            case AmfBoolean boolean:
                writer.WriteBooleanValue(boolean.Value);
                break;
            case AmfArray array:
                writer.WriteStartArray();
                foreach (var item in array.Items)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case AmfObject target:
                writer.WriteStartObject();
                foreach (var (key, property) in target.Properties)
                {
                    writer.WritePropertyName(Valid(key));
                    Write(writer, property);
                }

                writer.WriteEndObject();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    // JSON has no place for the escaped bytes of AmfText: they show as U+FFFD.
    private static string Valid(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
