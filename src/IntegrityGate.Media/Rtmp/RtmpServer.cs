using System.Collections.Concurrent;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Rtmp.Listeners;
using IntegrityGate.Media.Rtmp.Sessions;
using IntegrityGate.Media.Transport;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace IntegrityGate.Media.Rtmp;

/// <summary>
/// The RTMP ports: a Kestrel connection handler. <see cref="RtmpListening.UseRtmp"/> puts it on a port with a PROXY header or TLS before it;
/// <c>listen.UseConnectionHandler&lt;RtmpServer&gt;()</c> is a plain port. Register it as a singleton. On Kestrel's stop it drains: enhanced
/// clients are asked to reconnect, the rest get <see cref="IngestLimits.DrainGrace"/>, then each is told and closed.
/// </summary>
public sealed partial class RtmpServer : ConnectionHandler, IDisposable
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);

    private const int TrimTicks = 30; // GOPs of ten seconds come round three times meanwhile

    private readonly ConcurrentDictionary<ServerSession, bool> _sessions = new();
    private readonly RtmpServices _services;
    private readonly FrontDoor _door;
    private readonly ITimer _timer;
    private int _ticks;

    /// <summary>Makes the server.</summary>
    /// <param name="application">Decides on publishers and players.</param>
    /// <param name="limits">What strangers may do.</param>
    /// <param name="pool">Where packets are rented.</param>
    /// <param name="time">The clock of all deadlines.</param>
    /// <param name="logger">The log.</param>
    /// <param name="reconnect">Where enhanced clients are asked to go on a drain; without it, to come back where they are.</param>
    public RtmpServer(
        IRtmpApplication application, IngestLimits limits, PacketPool pool, TimeProvider time, ILogger<RtmpServer> logger, ReconnectAdvice? reconnect = null)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(time);
        _services = new RtmpServices(application, limits, pool, time, logger, new PublishRate(limits.MaxPublishesPerSecond, time), reconnect?.TcUrl ?? "");
        _door = new FrontDoor(limits, time, logger);
        _timer = time.CreateTimer(static server => ((RtmpServer)server!).Tick(), this, TickInterval, TickInterval);
    }

    /// <summary>RTMP sessions that are open or closing.</summary>
    public int Connections => _sessions.Count;

    /// <summary>Connections in all, with those that are still at their PROXY header or TLS handshake.</summary>
    public int OpenConnections => _door.Open;

    /// <inheritdoc/>
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connection.Features.Get<DoorVisit>() is not { } visit)
        {
            await EnterAsync(connection, RtmpListenerOptions.Plain, OnConnectedAsync).ConfigureAwait(false);
            return;
        }

        _door.Pass(visit);
        if (visit.IsCut)
            return;
        EventLoop.Home = connection.Features.Get<EventLoop>(); // what is connected on this session's behalf is served beside it
        var session = new ServerSession(connection, _services);
        RtmpTelemetry.Opened();
        _sessions[session] = true;

        // A peer that never takes the last bytes keeps the socket after the session is done: it stays on the list, and is cut by the watch.
        connection.ConnectionClosed.UnsafeRegister(_ => _sessions.TryRemove(session, out var _), null);
        await session.RunAsync().ConfigureAwait(false);
    }

    /// <summary>Leads a connection through what stands before RTMP on its port.</summary>
    internal Task EnterAsync(ConnectionContext connection, RtmpListenerOptions listener, ConnectionDelegate next) => _door.EnterAsync(connection, listener, next);

    /// <summary>Stops the watch; connections are Kestrel's to close.</summary>
    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        _door.Tick();
        if (++_ticks % TrimTicks == 0)
            _services.Pool.Trim();
        foreach (var (session, _) in _sessions)
        {
            try
            {
                session.Tick();
            }
#pragma warning disable CA1031 // the watch serves all connections: one that is being torn down must not stop it
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.WatchFailed(_services.Logger, session.Id, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1003, LogLevel.Error, "RTMP connection {Connection}: the watch failed")]
        public static partial void WatchFailed(ILogger logger, string connection, Exception exception);
    }
}
