using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using IntegrityGate.Media.Rtmp.Proxy;
using IntegrityGate.Media.Rtmp.Sessions;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;

namespace IntegrityGate.Media.Rtmp.Listeners;

/// <summary>
/// What every connection passes before RTMP: the cap on connections, the PROXY header, the cap per address, and a look at the first bytes of a TLS
/// port. Behind it a connection's remote address is that of the publisher, IPv4 in its plain form.
/// </summary>
internal sealed partial class FrontDoor(IngestLimits limits, TimeProvider time, ILogger logger)
{
    private const byte TlsHandshakeRecord = 0x16; // RFC 8446, 5.1
    private const byte TlsMajorVersion = 0x03;

    private readonly ConcurrentDictionary<DoorVisit, bool> _visits = new();
    private readonly AddressGate _addresses = new(limits.MaxConnectionsPerAddress);
    private int _open;

    /// <summary>Connections in all, wherever they stand.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Leads a connection in, or turns it away. Ends with the connection.</summary>
    public async Task EnterAsync(ConnectionContext connection, RtmpListenerOptions listener, ConnectionDelegate next)
    {
        if (Interlocked.Increment(ref _open) > limits.MaxConnections)
        {
            Interlocked.Decrement(ref _open);
            Refuse(connection, nameof(IngestLimits.MaxConnections), limits.MaxConnections);
            return;
        }

        connection.ConnectionClosed.UnsafeRegister(static door => Interlocked.Decrement(ref ((FrontDoor)door!)._open), this);
        connection.RemoteEndPoint = PeerAddress.Plain(connection.RemoteEndPoint);
        var visit = new DoorVisit(connection, time);
        _visits[visit] = true;
        var drain = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        using var draining = drain.UnsafeRegister(static visit => ((DoorVisit)visit!).Cut("the gate is shutting down"), visit);
        try
        {
            if (await IsLetInAsync(connection, listener, visit).ConfigureAwait(false))
            {
                connection.Features.Set(visit);
                await next(connection).ConfigureAwait(false);
                if (!visit.IsThrough && !visit.IsCut)
                    TurnAway(connection, TurnedAway.TlsFailed, "the TLS handshake failed: an old version, a certificate that the client does not trust, or garbage");
            }
        }
        catch (Exception exception) when (!visit.IsThrough && exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The peer left, or was cut, on its way in.
        }
#pragma warning disable CA1031 // the edge of the connection: a handshake that throws what Kestrel does not expect is one stranger's, not the server's
        catch (Exception) when (!visit.IsThrough)
#pragma warning restore CA1031
        {
            // SslStream's answer to a first record that is no ClientHello is "no certificate", for one.
            TurnAway(connection, TurnedAway.TlsFailed, "the TLS handshake failed on bytes that are no TLS");
        }
        finally
        {
            visit.End();
            _visits.TryRemove(visit, out _);
        }
    }

    /// <summary>The connection has reached the server.</summary>
    public void Pass(DoorVisit visit)
    {
        visit.Pass();
        _visits.TryRemove(visit, out _);
    }

    /// <summary>Cuts those that take too long; called about once a second.</summary>
    public void Tick()
    {
        foreach (var (visit, _) in _visits)
        {
            if (visit.CutIfOverdue() is not { } limit)
                continue;
            RtmpTelemetry.Breach(limit);
            Log.Overdue(logger, limit);
        }
    }

    private async ValueTask<bool> IsLetInAsync(ConnectionContext connection, RtmpListenerOptions listener, DoorVisit visit)
    {
        if (listener.TrustedProxies.Count > 0 && !await ReadProxyHeaderAsync(connection, listener, visit).ConfigureAwait(false))
            return false;

        // Kept by value: this address counts until the connection is closed, whatever happens to the context.
        var remote = connection.RemoteEndPoint;
        if (!_addresses.TryEnter(remote))
        {
            Refuse(connection, nameof(IngestLimits.MaxConnectionsPerAddress), limits.MaxConnectionsPerAddress);
            return false;
        }

        connection.ConnectionClosed.UnsafeRegister(_ => _addresses.Leave(remote), null);
        return listener.Tls is null || await SpeaksTlsAsync(connection, visit).ConfigureAwait(false);
    }

    private async ValueTask<bool> ReadProxyHeaderAsync(ConnectionContext connection, RtmpListenerOptions listener, DoorVisit visit)
    {
        if (connection.RemoteEndPoint is not IPEndPoint { Address: var proxy } || !listener.TrustedProxies.Any(network => network.Contains(proxy)))
        {
            TurnAway(connection, TurnedAway.UntrustedProxy, "its address is not among the proxies that may connect here");
            return false;
        }

        visit.Begin(nameof(IngestLimits.ProxyHeaderTimeout), limits.ProxyHeaderTimeout);
        var input = connection.Transport.Input;
        while (true)
        {
            var result = await input.ReadAsync().ConfigureAwait(false);
            var header = ProxyHeaderParser.Parse(result.Buffer, limits.MaxProxyHeaderBytes);
            if (header.Status == ProxyHeaderStatus.Ok)
            {
                input.AdvanceTo(result.Buffer.GetPosition(header.Length));
                if (header.Source is not null)
                    (connection.RemoteEndPoint, connection.LocalEndPoint) = (PeerAddress.Plain(header.Source), PeerAddress.Plain(header.Destination));
                return true;
            }

            var wasSilent = result.Buffer.IsEmpty;
            input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (header.Status == ProxyHeaderStatus.NeedMore && !result.IsCompleted)
                continue;
            if (header.Status == ProxyHeaderStatus.Missing)
                TurnAway(connection, TurnedAway.NoProxyHeader, header.Error!);
            else if (!wasSilent) // a bare TCP probe says nothing, and is no error
                TurnAway(connection, TurnedAway.BadProxyHeader, header.Error ?? "half a PROXY header");
            return false;
        }
    }

    private async ValueTask<bool> SpeaksTlsAsync(ConnectionContext connection, DoorVisit visit)
    {
        visit.Begin(nameof(IngestLimits.TlsHandshakeTimeout), limits.TlsHandshakeTimeout);
        var input = connection.Transport.Input;
        while (true)
        {
            var result = await input.ReadAsync().ConfigureAwait(false);
            var (count, first, second) = Peek(result);
            var isTls = first == TlsHandshakeRecord && second == TlsMajorVersion;
            var isOpen = count == 0 || (count == 1 && first == TlsHandshakeRecord);
            input.AdvanceTo(result.Buffer.Start, isTls ? result.Buffer.Start : result.Buffer.End);
            if (isTls)
                return true;
            if (isOpen && !result.IsCompleted)
                continue;
            if (count > 0)
            {
                var (reason, words) = FirstBytes.Name(first);
                if (reason == TurnedAway.TlsOnPlainPort)
                    (reason, words) = (TurnedAway.Garbage, "no TLS behind its first byte");
                TurnAway(connection, reason, words);
            }

            return false;
        }
    }

    private static (long Count, byte First, byte Second) Peek(ReadResult result)
    {
        Span<byte> two = stackalloc byte[2];
        var count = 0;
        foreach (var segment in result.Buffer)
        {
            foreach (var one in segment.Span[..Math.Min(segment.Length, 2 - count)])
                two[count++] = one;
            if (count == 2)
                break;
        }

        return (count, two[0], two[1]);
    }

    private void Refuse(ConnectionContext connection, string limit, int most)
    {
        RtmpTelemetry.Breach(limit);
        Log.TooMany(logger, connection.RemoteEndPoint, limit, most);
        connection.Abort();
    }

    private void TurnAway(ConnectionContext connection, TurnedAway reason, string words)
    {
        RtmpTelemetry.TurnedAway(reason);
        Log.TurnedAway(logger, connection.ConnectionId, connection.RemoteEndPoint, reason, words);
    }

    private static partial class Log
    {
        [LoggerMessage(1000, LogLevel.Information, "RTMP connection from {Remote} turned away: {Limit} is {Most}")]
        public static partial void TooMany(ILogger logger, EndPoint? remote, string limit, int most);

        [LoggerMessage(1004, LogLevel.Information, "RTMP connection {Connection} from {Remote} turned away: {Reason}, {Words}")]
        public static partial void TurnedAway(ILogger logger, string connection, EndPoint? remote, TurnedAway reason, string words);

        [LoggerMessage(1005, LogLevel.Information, "RTMP connection cut before its first RTMP byte: it took longer than {Limit}")]
        public static partial void Overdue(ILogger logger, string limit);
    }
}
