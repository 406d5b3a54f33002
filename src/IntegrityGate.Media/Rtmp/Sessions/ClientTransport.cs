using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IntegrityGate.Media.Transport;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.Media.Rtmp.Sessions;

/// <summary>A client's connection as a pair of pipes: Kestrel's own socket transport for plain TCP (it sends all waiting buffers in one call), an SSL stream for rtmps.</summary>
internal sealed class ClientTransport : IAsyncDisposable
{
    // Linux: option 18 of TCP, TCP_USER_TIMEOUT; unacknowledged data older than this closes the connection (tcp(7)).
    private const int TcpProtocol = 6;
    private const int TcpUserTimeout = 18;
    private const int PauseBytes = 64 * 1024;

    private static readonly SocketConnectionContextFactory Factory = new(
        new SocketConnectionFactoryOptions { MaxReadBufferSize = PauseBytes, MaxWriteBufferSize = PauseBytes }, NullLogger.Instance);

    private static readonly TimeSpan UserTimeout = TimeSpan.FromSeconds(20);

    private readonly IAsyncDisposable _owner;

    private ClientTransport(PipeReader input, PipeWriter output, IAsyncDisposable owner)
    {
        Input = input;
        Output = output;
        _owner = owner;
    }

    /// <summary>What the server sends.</summary>
    public PipeReader Input { get; }

    /// <summary>What goes to the server.</summary>
    public PipeWriter Output { get; }

    /// <summary>Opens the TCP connection.</summary>
    public static async Task<Socket> ConnectAsync(RtmpTarget target, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 10);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 5);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 2);
            if (OperatingSystem.IsLinux())
                socket.SetRawSocketOption(TcpProtocol, TcpUserTimeout, BitConverter.GetBytes((int)UserTimeout.TotalMilliseconds));
            await socket.ConnectAsync(target.Host, target.Port, ct).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Wraps a plain connection: on the event loop of the connection on whose behalf it was made, so that packets need not change threads.</summary>
    public static ClientTransport Plain(Socket socket)
    {
        if (EventLoop.Home is { } loop)
        {
            var served = LoopConnection.Attach(socket, loop);
            return new ClientTransport(served.Transport.Input, served.Transport.Output, served);
        }

        var connection = Factory.Create(socket);
        return new ClientTransport(connection.Transport.Input, connection.Transport.Output, connection);
    }

    /// <summary>Puts TLS on a connection and checks the server's certificate.</summary>
    /// <exception cref="AuthenticationException">The certificate is not trusted, or not the pinned one.</exception>
    public static async Task<ClientTransport> TlsAsync(Socket socket, RtmpTarget target, RtmpClientOptions options, CancellationToken ct)
    {
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            var tls = new SslClientAuthenticationOptions { TargetHost = target.Host };
            if (options.CertificateSha256 is { } pin)
            {
                var expected = Convert.FromHexString(pin.Replace(":", "", StringComparison.Ordinal));
                tls.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null
                    && CryptographicOperations.FixedTimeEquals(expected, SHA256.HashData(certificate.GetRawCertData()));
            }
            else if (options.TrustedRoots is { } roots)
            {
                tls.CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    RevocationMode = X509RevocationMode.NoCheck,
                };
                tls.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
            }

            await stream.AuthenticateAsClientAsync(tls, ct).ConfigureAwait(false);
            return new ClientTransport(
                PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16 * 1024, leaveOpen: true)),
                PipeWriter.Create(stream, new StreamPipeWriterOptions(minimumBufferSize: 16 * 1024, leaveOpen: true)),
                stream);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Sends what waits, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await Input.CompleteAsync().ConfigureAwait(false);
        await Output.CompleteAsync().ConfigureAwait(false);
        await _owner.DisposeAsync().ConfigureAwait(false);
    }
}
