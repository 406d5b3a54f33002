using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Rtmp.Sessions;

namespace IntegrityGate.Media.Rtmp;

/// <summary>A player of a stream on a server: packets are read as fast as they are asked for, and no faster from the socket. For one reader.</summary>
public sealed class RtmpPlayer : IAsyncDisposable
{
    private readonly ClientLink _link;
    private readonly PacketPool _pool;

    internal RtmpPlayer(ClientLink link, PacketPool pool)
    {
        _link = link;
        _pool = pool;
    }

    /// <summary>The status code with which the server ended the stream; null while it runs, or when it just closed.</summary>
    public string? EndCode { get; private set; }

    /// <summary>What the server said of enhanced RTMP.</summary>
    public RtmpCapabilities ServerCapabilities => _link.ServerCapabilities;

    /// <summary>Waits for the next packet, held for the caller; null is the end of the stream.</summary>
    /// <exception cref="IOException">The connection was lost, or the server broke the protocol.</exception>
    public async ValueTask<MediaPacket?> ReadAsync(CancellationToken ct)
    {
        while (EndCode is null && await _link.ReadAsync(ct).ConfigureAwait(false) is { } message)
        {
            if (message is { IsMedia: true, Body: { } body })
                return body.Kind == MediaKind.Data ? DataMessage.Normalise(_pool, message.Type, body) : body;
            var command = _link.ReadCommand(message);
            message.Body?.Release();
            if (command is { Name: "onStatus" } && command.Information.Text("code") is { } code
                && (code is RtmpStatus.PlayStop or RtmpStatus.PlayUnpublishNotify || command.Information.Text("level") == "error"))
            {
                EndCode = code;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _link.DisposeAsync();
}
