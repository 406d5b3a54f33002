using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace IntegrityGate.Media.Rtmp.Listeners;

/// <summary>Opens an RTMP port on Kestrel.</summary>
public static class RtmpListening
{
    /// <summary>
    /// Takes RTMP on this port: connection limits, then the PROXY header, then TLS, each if asked for, then the server. TLS needs
    /// <c>UseKestrelHttpsConfiguration</c> in the host.
    /// </summary>
    public static void UseRtmp(this ListenOptions listener, RtmpServer server, RtmpListenerOptions options)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(options);
        listener.Use(next => connection => server.EnterAsync(connection, options, next));
        if (options.Tls is { } tls)
        {
            listener.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = context => ValueTask.FromResult(tls(context.ClientHelloInfo.ServerName)),
                HandshakeTimeout = TimeSpan.FromHours(1), // longer than any IngestLimits.TlsHandshakeTimeout, which the front door keeps by its own clock
            });
        }

        listener.Run(server.OnConnectedAsync);
    }
}
