using System.Collections.Concurrent;
using System.Net;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Rtmp.Sessions;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace IntegrityGate.Media.Rtmp;

/// <summary>
/// The RTMP port: a Kestrel connection handler (<c>listen.UseConnectionHandler&lt;RtmpServer&gt;()</c>; put <c>UseHttps</c> before it for RTMPS).
/// Register it as a singleton. On Kestrel's stop it drains: enhanced clients are asked to reconnect, the rest get
/// <see cref="IngestLimits.DrainGrace"/>, then each is told and closed.
/// </summary>
public sealed partial class RtmpServer : ConnectionHandler, IDisposable
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<ServerSession, bool> _sessions = new();
    private readonly RtmpServices _services;
    private readonly AddressGate _addresses;
    private readonly ITimer _timer;

    /// <summary>Makes the server.</summary>
    /// <param name="application">Decides on publishers and players.</param>
    /// <param name="limits">What strangers may do.</param>
    /// <param name="pool">Where packets are rented.</param>
    /// <param name="time">The clock of all deadlines.</param>
    /// <param name="logger">The log.</param>
    public RtmpServer(IRtmpApplication application, IngestLimits limits, PacketPool pool, TimeProvider time, ILogger<RtmpServer> logger)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(time);
        _services = new RtmpServices(application, limits, pool, time, logger, new PublishRate(limits.MaxPublishesPerSecond, time));
        _addresses = new AddressGate(limits.MaxConnectionsPerAddress);
        _timer = time.CreateTimer(static server => ((RtmpServer)server!).Tick(), this, TickInterval, TickInterval);
    }

    /// <summary>Connections that are open or closing.</summary>
    public int Connections => _sessions.Count;

    /// <inheritdoc/>
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var remote = connection.RemoteEndPoint;
        if (!_addresses.TryEnter(remote))
        {
            RtmpTelemetry.Breach(nameof(IngestLimits.MaxConnectionsPerAddress));
            Log.TooMany(_services.Logger, remote, _services.Limits.MaxConnectionsPerAddress);
            connection.Abort();
            return;
        }

        var session = new ServerSession(connection, _services);
        RtmpTelemetry.Opened();
        _sessions[session] = true;

        // A peer that never takes the last bytes keeps the socket after the session is done: it stays on the list, and is cut by the watch.
        connection.ConnectionClosed.UnsafeRegister(_ => Forget(session, remote), null);
        await session.RunAsync().ConfigureAwait(false);
    }

    /// <summary>Stops the watch; connections are Kestrel's to close.</summary>
    public void Dispose() => _timer.Dispose();

    private void Forget(ServerSession session, EndPoint? remote)
    {
        if (!_sessions.TryRemove(session, out _))
            return;
        _addresses.Leave(remote);
    }

    private void Tick()
    {
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
        [LoggerMessage(1000, LogLevel.Information, "RTMP connection from {Remote} turned away: {Most} connections are open from there")]
        public static partial void TooMany(ILogger logger, EndPoint? remote, int most);

        [LoggerMessage(1003, LogLevel.Error, "RTMP connection {Connection}: the watch failed")]
        public static partial void WatchFailed(ILogger logger, string connection, Exception exception);
    }
}
