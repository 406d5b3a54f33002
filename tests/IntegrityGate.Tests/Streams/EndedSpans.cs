using System.Diagnostics;
using IntegrityGate.Core.Telemetry;

namespace IntegrityGate.Tests.Streams;

/// <summary>The gate's spans of the whole process that have ended; other tests may add theirs.</summary>
internal sealed class EndedSpans : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly List<Activity> _ended = [];

    public EndedSpans()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == GateTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (_ended)
                    _ended.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public bool Any(Predicate<Activity> wanted)
    {
        lock (_ended)
            return _ended.Exists(wanted);
    }

    /// <summary>The one span of that kind.</summary>
    public Activity Single(Func<Activity, bool> wanted)
    {
        lock (_ended)
            return _ended.Single(wanted);
    }

    /// <summary>Waits for a span.</summary>
    public async Task<Activity> NextAsync(Predicate<Activity> wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            lock (_ended)
            {
                if (_ended.Find(wanted) is { } found)
                    return found;
            }

            await Task.Delay(1, limit.Token);
        }
    }

    public void Dispose() => _listener.Dispose();
}
