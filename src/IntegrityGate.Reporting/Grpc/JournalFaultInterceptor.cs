using Grpc.Core;
using Grpc.Core.Interceptors;
using IntegrityGate.Reporting.Journal;
using Microsoft.Extensions.Logging;

namespace IntegrityGate.Reporting.Grpc;

/// <summary>A journal that cannot be read or written is UNAVAILABLE to the caller; the reason, which names files, is for our log.</summary>
internal sealed partial class JournalFaultInterceptor(ILogger<JournalFaultInterceptor> logger) : Interceptor
{
    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (JournalException exception)
        {
            throw Unavailable(context, exception);
        }
    }

    /// <inheritdoc/>
    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (JournalException exception)
        {
            throw Unavailable(context, exception);
        }
    }

    private RpcException Unavailable(ServerCallContext context, JournalException exception)
    {
        Log.Failed(logger, context.Method, exception.Message);
        FeedTelemetry.CountRefused("journal");
        return new RpcException(new Status(StatusCode.Unavailable, "the journal cannot be read or written now"));
    }

    private static partial class Log
    {
        [LoggerMessage(5110, LogLevel.Error, "{Method} failed: {Reason}")]
        public static partial void Failed(ILogger logger, string method, string reason);
    }
}
