using IntegrityGate.Access.Hooks;
using IntegrityGate.Configuration;
using IntegrityGate.Core.Telemetry;
using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Access;

/// <summary>Who may publish: asks every guard that the settings in force name, cheap ones first, until one refuses.</summary>
internal sealed partial class PublishAccess : IDisposable
{
    private readonly Func<AccessOptions> _options;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly HttpClient _client = AccessClient.Create();
    private readonly Lock _lock = new();
    private AccessOptions _built;
    private IReadOnlyList<IPublishGuard> _guards;

    /// <param name="options">Gives the settings in force; when they change, the guards are made anew.</param>
    /// <param name="time">Clock.</param>
    /// <param name="loggers">Logs.</param>
    public PublishAccess(Func<AccessOptions> options, TimeProvider time, ILoggerFactory loggers)
    {
        _options = options;
        _time = time;
        _loggers = loggers;
        _logger = loggers.CreateLogger<PublishAccess>();
        _built = options();
        _guards = Build(_built);
    }

    /// <summary>The guards in force, in the order in which they are asked.</summary>
    public IReadOnlyList<IPublishGuard> Guards
    {
        get
        {
            lock (_lock)
            {
                var wanted = _options();
                if (wanted != _built)
                    (_built, _guards) = (wanted, Build(wanted));
                return _guards;
            }
        }
    }

    /// <summary>Asks the guards. A guard that fails refuses: what cannot be checked is not allowed.</summary>
    /// <param name="request">The publisher.</param>
    /// <param name="cancellationToken">Cancelled when the publisher goes away.</param>
    public async ValueTask<GuardAnswer> CheckAsync(PublishRequest request, CancellationToken cancellationToken)
    {
        foreach (var guard in Guards)
        {
            var answer = await AskAsync(guard, request, cancellationToken);
            if (answer.IsAllowed)
                continue;
            Log.Refused(_logger, request.ConnectionId, request.Address.App, guard.Name, answer.Reason);
            return answer;
        }

        return GuardAnswer.Allow;
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async ValueTask<GuardAnswer> AskAsync(IPublishGuard guard, PublishRequest request, CancellationToken cancellationToken)
    {
        using var span = GateTelemetry.Activities.StartActivity("publish.guard");
        span?.SetTag("guard", guard.Name);
        var name = new KeyValuePair<string, object?>("guard", guard.Name);
        var start = _time.GetTimestamp();
        GuardAnswer answer;
        try
        {
            answer = await guard.CheckAsync(request, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.Failed(_logger, guard.Name, exception);
            answer = GuardAnswer.Refuse("Whether this stream may be published cannot be checked.");
        }

        var outcome = answer.IsAllowed ? "allow" : "refuse";
        span?.SetTag("outcome", outcome);
        AccessMetrics.Duration.Record(_time.GetElapsedTime(start).TotalMilliseconds, name);
        AccessMetrics.Answers.Add(1, name, new KeyValuePair<string, object?>("outcome", outcome));
        return answer;
    }

    private List<IPublishGuard> Build(AccessOptions options)
    {
        Log.InForce(_logger, options.Summary);
        List<IPublishGuard> guards = [];
        if (options.Addresses.Count > 0)
            guards.Add(new AddressGuard(options.Addresses));
        if (options.Keys.Count > 0)
            guards.Add(new KeyGuard(options.Keys, _time));
        if (options.Jwt is { } jwt)
            guards.Add(new JwtGuard(jwt, new KeySet(jwt, _client, _time, _loggers.CreateLogger<KeySet>()), _time));
        if (options.Hook is { } hook)
            guards.Add(new HookGuard(hook, _client, _time, _loggers.CreateLogger<HookGuard>()));
        return guards;
    }

    private static partial class Log
    {
        [LoggerMessage(6500, LogLevel.Information, "Publishing: {Summary}.")]
        public static partial void InForce(ILogger logger, string summary);

        [LoggerMessage(6501, LogLevel.Information, "A publisher to app {App} was refused by {Guard} (connection {Connection}): {Reason}")]
        public static partial void Refused(ILogger logger, string connection, string app, string guard, string reason);

        [LoggerMessage(6502, LogLevel.Error, "The guard {Guard} failed; the publisher is refused.")]
        public static partial void Failed(ILogger logger, string guard, Exception exception);
    }
}
