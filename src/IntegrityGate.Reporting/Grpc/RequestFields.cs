using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Reporting.Grpc;

/// <summary>Checks what strangers send, field by field; the first that is wrong ends the call with its name.</summary>
/// <param name="limits">The limits.</param>
internal sealed class RequestFields(FeedLimits limits)
{
    /// <summary>Seconds that a Duration may have at most (google/protobuf/duration.proto: about 10,000 years).</summary>
    private const long MaxDurationSeconds = 315_576_000_000;

    /// <summary>An id, a name or a code that must be there.</summary>
    public string Name(string value, string field)
    {
        if (value.Length == 0)
            throw FeedError.Field(field, "is required");
        return OptionalName(value, field);
    }

    /// <summary>An id, a name or a code that may be empty.</summary>
    public string OptionalName(string value, string field) => Text(value, field, limits.MaxNameLength, areLinesAllowed: false);

    /// <summary>A reason that must be there.</summary>
    public string Reason(string value, string field)
    {
        if (string.IsNullOrWhiteSpace(value))
            throw FeedError.Field(field, "is required");
        return OptionalReason(value, field);
    }

    /// <summary>A reason that may be empty.</summary>
    public string OptionalReason(string value, string field) => Text(value, field, limits.MaxTextLength, areLinesAllowed: true);

    /// <summary>A stamp's wording; null when it is empty.</summary>
    public string? Wording(string value, string field) =>
        value.Length == 0 ? null : Text(value, field, limits.MaxWordingLength, areLinesAllowed: false);

    /// <summary>A stream id that must be there.</summary>
    public StreamId Stream(string value, string field) =>
        Name(value, field) is var name && IsStreamId(name)
            ? new StreamId(name)
            : throw FeedError.Field(field, "is no stream id: lower-case letters, digits and '-', at most 64");

    /// <summary>The values of a filter.</summary>
    public IReadOnlyList<string> Names(RepeatedField<string> values, string field)
    {
        if (values.Count > limits.MaxFilterValues)
            throw FeedError.Field(field, $"has {values.Count} values; {limits.MaxFilterValues} are allowed");
        for (var index = 0; index < values.Count; index++)
            Name(values[index], $"{field}[{index}]");
        return [.. values];
    }

    /// <summary>How many entries a page shall have.</summary>
    public int PageSize(int value) =>
        value == 0 ? limits.DefaultPageSize
        : value >= 1 && value <= limits.MaxPageSize ? value
        : throw FeedError.Field("page_size", $"{value} is not between 1 and {limits.MaxPageSize}");

    /// <summary>A moment on the wall clock; null when it is not set.</summary>
    public static DateTimeOffset? Moment(Timestamp? value, string field)
    {
        try
        {
            return value?.ToDateTimeOffset();
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentOutOfRangeException)
        {
            throw FeedError.Field(field, "is no valid timestamp");
        }
    }

    /// <summary>A moment on a stream's own clock; fractions of a millisecond are cut.</summary>
    public static MediaTime Media(Duration value, string field)
    {
        var isSigned = value.Nanos == 0 || value.Seconds == 0 || (value.Nanos < 0) == (value.Seconds < 0);
        if (Math.Abs((decimal)value.Seconds) > MaxDurationSeconds || value.Nanos is < -999_999_999 or > 999_999_999 || !isSigned)
            throw FeedError.Field(field, "is no valid duration");
        return new MediaTime((value.Seconds * 1000) + (value.Nanos / 1_000_000));
    }

    private static bool IsStreamId(string value) =>
        value.Length <= 64 && value.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    private static string Text(string value, string field, int max, bool areLinesAllowed)
    {
        if (value.Length > max)
            throw FeedError.Field(field, $"has {value.Length} characters; {max} are allowed");
        if (value.Any(letter => char.IsControl(letter) && !(areLinesAllowed && letter is '\n' or '\r' or '\t')))
            throw FeedError.Field(field, "has control characters");
        return value;
    }
}
