using System.Globalization;
using Grpc.Core;
using IntegrityGate.Reporting.Journal;

namespace IntegrityGate.Reporting.Grpc;

/// <summary>The errors that the services answer with.</summary>
internal static class FeedError
{
    /// <summary>A field is wrong: the message begins with its name, and the trailer <c>field</c> has it.</summary>
    public static RpcException Field(string field, string what)
    {
        FeedTelemetry.CountRefused("invalid_argument");
        return new RpcException(new Status(StatusCode.InvalidArgument, $"{field}: {what}"), new Metadata { { "field", field } });
    }

    /// <summary>What a field names does not exist.</summary>
    public static RpcException NotFound(string field, string what) =>
        new(new Status(StatusCode.NotFound, $"{field}: {what}"), new Metadata { { "field", field } });

    /// <summary>A watch cannot be served from its position; the trailers say what can.</summary>
    public static RpcException OutOfRange(CursorOutOfRangeException exception)
    {
        FeedTelemetry.CountRefused("out_of_range");
        return new RpcException(
            new Status(StatusCode.OutOfRange, exception.Message),
            new Metadata
            {
                { "oldest-cursor", exception.Oldest.ToString(CultureInfo.InvariantCulture) },
                { "latest-cursor", exception.Latest.ToString(CultureInfo.InvariantCulture) },
            });
    }

    /// <summary>A place or a budget is spent.</summary>
    public static RpcException Exhausted(string reason, string what)
    {
        FeedTelemetry.CountRefused(reason);
        return new RpcException(new Status(StatusCode.ResourceExhausted, what));
    }

    /// <summary>Something is not in the state that the call needs.</summary>
    public static RpcException Precondition(string what)
    {
        FeedTelemetry.CountRefused("failed_precondition");
        return new RpcException(new Status(StatusCode.FailedPrecondition, what));
    }
}
