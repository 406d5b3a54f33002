using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrityGate.Core.Streams;

namespace IntegrityGate.Reporting.Journal;

/// <summary>A stream id is a string.</summary>
internal sealed class StreamIdConverter : JsonConverter<StreamId>
{
    /// <inheritdoc/>
    public override StreamId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString() ?? "");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, StreamId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
