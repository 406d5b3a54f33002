using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Reporting.Journal;

/// <summary>A media time is a number of milliseconds.</summary>
internal sealed class MediaTimeConverter : JsonConverter<MediaTime>
{
    /// <inheritdoc/>
    public override MediaTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, MediaTime value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Milliseconds);
}
