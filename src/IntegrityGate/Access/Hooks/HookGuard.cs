using System.Net;
using System.Net.Sockets;
using IntegrityGate.Configuration;
using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Access.Hooks;

/// <summary>Asks an HTTP service. A publisher waits until it answers or <see cref="HookOptions.Timeout"/> has passed; nobody else waits.</summary>
internal sealed partial class HookGuard(HookOptions options, HttpClient client, TimeProvider time, ILogger<HookGuard> logger) : IPublishGuard
{
    // 64 KiB: answers are a code and a few words.
    private const int MaxBodyBytes = 64 << 10;

    // 100 ms: what a restarting server needs to take connections again, and little of the default timeout.
    private static readonly TimeSpan s_retryPause = TimeSpan.FromMilliseconds(100);

    private readonly Uri _url = new(options.Url);
    private readonly IHookStyle _style = options.Style switch
    {
        HookStyle.Nginx => new NginxHookStyle(),
        HookStyle.Mediamtx => new MediamtxHookStyle(),
        _ => new SrsHookStyle(),
    };

    /// <inheritdoc/>
    public string Name => "hook";

    /// <inheritdoc/>
    public async ValueTask<GuardAnswer> CheckAsync(PublishRequest request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            for (var attempt = 0; ; attempt++)
            {
                var (answer, failure) = await AskAsync(request, either.Token);
                if (answer is not null)
                    return answer;
                if (attempt == options.Retries)
                    return Fail(failure);
                await Task.Delay(s_retryPause, time, either.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Fail($"no answer within {options.Timeout.TotalSeconds:0.###} s");
        }
    }

    // An answer, or why there is none and another attempt makes sense.
    private async Task<(GuardAnswer? Answer, string Failure)> AskAsync(PublishRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var message = AccessClient.Request(HttpMethod.Post, _url);
            message.Content = _style.Compose(request);
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var status = (int)response.StatusCode;
            if (status is >= 300 and <= 399)
                return (GuardAnswer.Refuse("The publish hook answered with a redirect: renaming a stream is not supported."), "");
            if (status >= 500)
                return (null, $"HTTP {status}");
            var body = await BoundedBody.ReadAsync(response.Content, MaxBodyBytes, cancellationToken);
            return (body is null ? GuardAnswer.Refuse("The publish hook's answer is too long.") : _style.Read((HttpStatusCode)status, body), "");
        }
        catch (HttpRequestException exception)
        {
            return (null, Describe(exception));
        }
        catch (IOException)
        {
            return (null, "the connection was lost");
        }
    }

    private GuardAnswer Fail(string failure)
    {
        var isAllowed = options.Failure == HookFailure.Allow;
        AccessMetrics.HookFailures.Add(1, new KeyValuePair<string, object?>("outcome", isAllowed ? "allow" : "refuse"));
        Log.Failed(logger, options.Place, failure, isAllowed ? "allowed" : "refused");
        return isAllowed ? GuardAnswer.Allow : GuardAnswer.Refuse("The publish hook gives no answer.");
    }

    // Not the exception's own words: they may hold the URL.
    private static string Describe(HttpRequestException exception) => exception.InnerException is SocketException socket
        ? socket.SocketErrorCode.ToString()
        : exception.HttpRequestError.ToString();

    private static partial class Log
    {
        [LoggerMessage(6510, LogLevel.Warning, "The publish hook {Hook} gives no answer ({Failure}); the publisher is {Outcome}.")]
        public static partial void Failed(ILogger logger, string hook, string failure, string outcome);
    }
}
