using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using IntegrityGate.Reporting.V1;

namespace IntegrityGate.EndToEnd.Tests.Support;

/// <summary>An integrator: watches the feed from a position and keeps what comes.</summary>
internal sealed class FeedReader : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<(long Cursor, FeedEvent Event, DateTimeOffset At)> _events = [];
    private readonly Task _loop;

    public FeedReader(GrpcChannel channel, long? afterCursor = null)
    {
        var request = new WatchRequest();
        if (afterCursor is { } cursor)
            request.AfterCursor = cursor;
        else
            request.FromBeginning = new Empty();
        var call = new ViolationFeed.ViolationFeedClient(channel).Watch(request, cancellationToken: _stop.Token);
        _loop = Task.Run(async () =>
        {
            try
            {
                await foreach (var response in call.ResponseStream.ReadAllAsync(_stop.Token))
                {
                    if (response.Event is { } e)
                        Add((response.Cursor, e, DateTimeOffset.UtcNow));
                }
            }
            catch (Exception exception) when (exception is RpcException or OperationCanceledException)
            {
                // The gate was killed or the test is over.
            }
        });
    }

    public IReadOnlyList<(long Cursor, FeedEvent Event, DateTimeOffset At)> Events
    {
        get
        {
            lock (_events)
                return [.. _events];
        }
    }

    public async Task<FeedEvent> FirstAsync(string what, Func<FeedEvent, bool> wanted, Func<string>? details = null, int seconds = 30) =>
        await Eventually.GetAsync(what, () => Task.FromResult(Events.Select(e => e.Event).FirstOrDefault(wanted)), seconds, details);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private void Add((long, FeedEvent, DateTimeOffset) item)
    {
        lock (_events)
            _events.Add(item);
    }
}
