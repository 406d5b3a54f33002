using IntegrityGate.Configuration;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Flv;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Reporting.Streams;

namespace IntegrityGate.Egress;

/// <summary>
/// The way to the upstream for one stream: a queue with a byte budget and one task that sends. A lost upstream is tried
/// again with exponential backoff and jitter; meanwhile whole GOPs are dropped, never headers, and it starts again with
/// fresh headers at a key frame.
/// </summary>
public sealed partial class UpstreamLink : IAsyncDisposable
{
    /// <summary>What waits is sent for this long after the publisher's end: a GOP on a slow line.</summary>
    private static readonly TimeSpan s_drainTimeout = TimeSpan.FromSeconds(5);

    private readonly UpstreamOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly StreamId _stream;
    private readonly PacketQueue _queue;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private readonly StreamHeaders _headers = new();
    private readonly KeyValuePair<string, object?> _tag;
    private UpstreamConnect _connect;
    private RtmpClient? _client;
    private MediaPacket? _first; // the key frame that a new connection begins with

    private UpstreamLink(
        StreamId stream, string name, RtmpClient? client, UpstreamConnect connect, UpstreamOptions options, TimeProvider time, ILogger logger)
    {
        _stream = stream;
        Name = name;
        _tag = new KeyValuePair<string, object?>("upstream", name);
        _client = client;
        State = client is null ? UpstreamState.Connecting : UpstreamState.Connected;
        _connect = connect;
        _options = options;
        _time = time;
        _logger = logger;
        _queue = new PacketQueue(options.BufferBytes);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>The server, without anything that a publisher sent.</summary>
    public string Name { get; }

    /// <summary>Where it stands.</summary>
    public UpstreamState State { get; private set; }

    /// <summary>What the last failure was; empty when there was none.</summary>
    public string LastError { get; private set; } = "";

    /// <summary>Payload bytes that wait.</summary>
    public long QueuedBytes => _queue.Bytes;

    /// <summary>Packets dropped so far.</summary>
    public long Dropped => _queue.Dropped;

    /// <summary>Connects for the first time; the publisher waits for it.</summary>
    /// <param name="stream">Public id, for logs.</param>
    /// <param name="name">The server, for logs and pages.</param>
    /// <param name="connect">Connects and publishes.</param>
    /// <param name="options">Waits and budget.</param>
    /// <param name="time">Clock.</param>
    /// <param name="logger">Log.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RtmpRefusedException">The upstream refused.</exception>
    /// <exception cref="IOException">It could not be reached.</exception>
    /// <exception cref="TimeoutException">It did not answer in time.</exception>
    public static async Task<UpstreamLink> OpenAsync(
        StreamId stream, string name, UpstreamConnect connect, UpstreamOptions options, TimeProvider time, ILogger logger, CancellationToken cancellationToken) =>
        new(stream, name, await connect(null, cancellationToken), connect, options, time, logger);

    /// <summary>Begins without a connection, for a copy that nobody waits for; the rest as <see cref="OpenAsync"/>.</summary>
    public static UpstreamLink Begin(
        StreamId stream, string name, UpstreamConnect connect, UpstreamOptions options, TimeProvider time, ILogger logger) =>
        new(stream, name, null, connect, options, time, logger);

    /// <summary>Connects in another way from the next time on: a publisher that came back may have brought other credentials.</summary>
    public void Renew(UpstreamConnect connect) => Volatile.Write(ref _connect, connect);

    /// <summary>Why the server cannot take what a sequence header announces, by its own words when it connected; null when it can, or never said.</summary>
    public string? RefusalOf(MediaPacket header) =>
        _client is { } client && AnnouncedCodec.Of(header) is { } codec && client.ServerCapabilities.Refuses(codec, header.Kind)
            ? $"The upstream does not take {codec}."
            : null;

    /// <summary>Offers a packet; borrows it. Called by one thread at a time.</summary>
    public void Write(MediaPacket packet)
    {
        if (_queue.Offer(packet) is var fate and (PacketFate.Behind or PacketFate.BeforeKeyFrame))
            GateMetrics.UpstreamDrops.Add(1, _tag, GateMetrics.ReasonOf(fate));
    }

    /// <summary>Sends what waits, for a bounded time, then says goodbye to the upstream.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Complete();
        if (State == UpstreamState.Connected)
            _stop.CancelAfter(s_drainTimeout);
        else
            await _stop.CancelAsync(); // what waits has nowhere to go
        await _loop;
        State = UpstreamState.None;
        _first?.Release();
        _queue.Clear();
        _headers.Clear();
        if (_client is not null)
            await _client.DisposeAsync();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var fresh = true;
        if (_client is null && !await ReconnectAsync(TimeSpan.Zero))
            return;
        State = UpstreamState.Connected;
        while (true)
        {
            var wait = _options.ReconnectMin;
            try
            {
                switch (await SendAsync(fresh))
                {
                    case SendEnd.Finished:
                        return;
                    case SendEnd.Lost:
                        LastError = "the upstream closed the connection";
                        Log.Lost(_logger, _stream.Value, Name, LastError);
                        break;
                    case SendEnd.Moves:
                        wait = TimeSpan.Zero;
                        Log.Moves(_logger, _stream.Value, Name);
                        break;
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is IOException or TimeoutException or RtmpRefusedException or InvalidOperationException)
            {
                LastError = Reason(exception);
                Log.Lost(_logger, _stream.Value, Name, LastError);
            }

            State = UpstreamState.Reconnecting;
            if (!await ReconnectAsync(wait))
                return;
            fresh = false;
            State = UpstreamState.Connected;
            Log.Back(_logger, _stream.Value, Name);
        }
    }

    private async Task<SendEnd> SendAsync(bool fresh)
    {
        if (!fresh)
        {
            foreach (var header in _headers.All)
                await _client!.SendAsync(header, _stop.Token);
        }

        var waitForKeyFrame = !fresh && _headers.HasVideo;
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        CancelWhenGone(_client!.Completion, lost);
        try
        {
            while ((Interlocked.Exchange(ref _first, null) ?? await _queue.ReadAsync(lost.Token)) is { } first)
            {
                for (MediaPacket? packet = first; packet is not null; packet = _queue.TryRead(out var more) ? more : null)
                {
                    if (MayMoveBefore(packet))
                    {
                        _first = packet;
                        return SendEnd.Moves;
                    }

                    waitForKeyFrame = await SendOneAsync(packet, waitForKeyFrame);
                }

                await _client!.FlushAsync(lost.Token);
            }

            return SendEnd.Finished;
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            return SendEnd.Lost;
        }
    }

    // Between two GOPs, so that nothing is lost; without video between any two packets.
    private bool MayMoveBefore(MediaPacket packet) =>
        _client!.MoveAsked is not null && (packet.IsKeyFrame || (!_headers.HasVideo && packet is { Kind: MediaKind.Audio, IsSequenceHeader: false }));

    private static void CancelWhenGone(Task completion, CancellationTokenSource lost)
    {
        _ = completion.ContinueWith(
            static (_, state) =>
            {
                try
                {
                    ((CancellationTokenSource)state!).Cancel();
                }
                catch (ObjectDisposedException)
                {
                    // The sending loop ended first.
                }
            },
            lost,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private async ValueTask<bool> SendOneAsync(MediaPacket packet, bool waitForKeyFrame)
    {
        try
        {
            var isHeader = _headers.Remember(packet);
            waitForKeyFrame &= !packet.IsKeyFrame;
            if (isHeader || !waitForKeyFrame)
                await _client!.SendAsync(packet, _stop.Token);
            return waitForKeyFrame;
        }
        finally
        {
            packet.Release();
        }
    }

    private async Task<bool> ReconnectAsync(TimeSpan wait)
    {
        var advice = _client?.MoveAsked;
        while (true)
        {
            // Full jitter between half and all of the wait, so that a hundred streams do not come back in one instant.
            try
            {
                await Task.Delay(wait * (0.5 + (Random.Shared.NextDouble() / 2)), _time, _stop.Token);
                if (_client is not null)
                    await _client.DisposeAsync();
                _client = await Volatile.Read(ref _connect)(advice, _stop.Token);
                Count("ok");
                return true;
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return false;
            }
            catch (Exception exception)
            {
                // Whatever it is: the stream and its other servers go on.
                if (wait == TimeSpan.Zero)
                    Log.Unreachable(_logger, _stream.Value, Name, Reason(exception));
                LastError = Reason(exception);
                Count("failed");
                advice = null; // it may never come up; the address in the settings is the one that an operator answers for
                wait = TimeSpan.FromTicks(Math.Clamp(wait.Ticks * 2, _options.ReconnectMin.Ticks, _options.ReconnectMax.Ticks));
            }
        }
    }

    private void Count(string outcome) => GateMetrics.UpstreamReconnects.Add(1, new KeyValuePair<string, object?>("outcome", outcome), _tag);

    // A server that refuses may repeat the stream name in its words.
    private static string Reason(Exception exception) =>
        exception is RtmpRefusedException refused ? $"refused at {refused.Stage}: {refused.Code}" : exception.Message;

    private enum SendEnd
    {
        /// <summary>The publisher ended, and all is sent.</summary>
        Finished,

        /// <summary>The upstream went away.</summary>
        Lost,

        /// <summary>The upstream asked for a new connection, and this is the place for it.</summary>
        Moves,
    }

    private static partial class Log
    {
        [LoggerMessage(6300, LogLevel.Warning, "Stream {Stream}: upstream {Upstream} lost ({Reason}); reconnecting.")]
        public static partial void Lost(ILogger logger, string stream, string upstream, string reason);

        [LoggerMessage(6301, LogLevel.Information, "Stream {Stream}: upstream {Upstream} is back.")]
        public static partial void Back(ILogger logger, string stream, string upstream);

        [LoggerMessage(6303, LogLevel.Information, "Stream {Stream}: upstream {Upstream} asks for a new connection.")]
        public static partial void Moves(ILogger logger, string stream, string upstream);

        [LoggerMessage(6302, LogLevel.Warning, "Stream {Stream}: upstream {Upstream} cannot be reached ({Reason}); trying again.")]
        public static partial void Unreachable(ILogger logger, string stream, string upstream, string reason);
    }
}
