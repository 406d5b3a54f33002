using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Amf;
using IntegrityGate.Media.Rtmp.Chunks;

namespace IntegrityGate.Media.Rtmp.Sessions;

/// <summary>
/// The writing half of a connection. Several loops write (answers, media, pings), so each takes its turn; the one that has it may write
/// messages and flush. Bytes wait in the pipe only up to its pause threshold, then the flush waits for the peer.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A semaphore whose wait handle nobody asks for holds nothing.")]
internal sealed class RtmpOutput(PipeWriter pipe, TimeProvider time)
{
    private const int ControlChunks = 2; // 5.4: control messages travel on chunk stream 2
    private const int CommandChunks = 3;
    private const int AudioChunks = 4;
    private const int DataChunks = 5;
    private const int VideoChunks = 6;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ChunkWriter _chunks = new();
    private readonly ArrayBufferWriter<byte> _body = new(512);
    private long _flushStarted;
    private long _written;

    /// <summary>Bytes written so far.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>Bytes written since the last flush.</summary>
    public int Unflushed { get; private set; }

    /// <summary>Time-provider tick at which the flush that is waiting began; 0 when none waits.</summary>
    public long FlushStarted => Volatile.Read(ref _flushStarted);

    /// <summary>Takes the turn.</summary>
    public Task EnterAsync(CancellationToken ct) => _turn.WaitAsync(ct);

    /// <summary>Takes the turn if nobody has it.</summary>
    public bool TryEnter() => _turn.Wait(0);

    /// <summary>Gives the turn back.</summary>
    public void Leave() => _turn.Release();

    /// <summary>Writes the handshake's bytes.</summary>
    public void WriteRaw(ReadOnlySpan<byte> bytes)
    {
        pipe.Write(bytes);
        Count(bytes.Length);
    }

    /// <summary>Sets the chunk size for all that follows.</summary>
    public void WriteChunkSize(int bytes)
    {
        WriteUInt32(MessageType.SetChunkSize, (uint)bytes);
        _chunks.ChunkSize = bytes;
    }

    /// <summary>Acknowledges bytes received (5.4.3); the count wraps at 2^32.</summary>
    public void WriteAcknowledgement(long received) => WriteUInt32(MessageType.Acknowledgement, (uint)received);

    /// <summary>Tells the peer after how many bytes we want to hear an acknowledgement (5.4.4).</summary>
    public void WriteWindow(int bytes) => WriteUInt32(MessageType.WindowAckSize, (uint)bytes);

    /// <summary>Limits what the peer sends unacknowledged (5.4.5); 2 is the dynamic kind, which peers take as a wish.</summary>
    public void WritePeerBandwidth(int bytes)
    {
        Span<byte> body = stackalloc byte[5];
        BinaryPrimitives.WriteInt32BigEndian(body, bytes);
        body[4] = 2;
        Count(_chunks.Write(pipe, ControlChunks, MessageType.SetPeerBandwidth, 0, 0, body));
    }

    /// <summary>Writes a user control message (7.1.7).</summary>
    public void WriteUserControl(UserControlEvent what, uint first, uint? second = null)
    {
        Span<byte> body = stackalloc byte[10];
        BinaryPrimitives.WriteUInt16BigEndian(body, (ushort)what);
        BinaryPrimitives.WriteUInt32BigEndian(body[2..], first);
        if (second is { } value)
            BinaryPrimitives.WriteUInt32BigEndian(body[6..], value);
        Count(_chunks.Write(pipe, ControlChunks, MessageType.UserControl, 0, 0, body[..(second is null ? 6 : 10)]));
    }

    /// <summary>Writes a command in AMF0, which every peer reads whatever it speaks itself.</summary>
    public void WriteCommand(uint stream, string name, double transaction, params ReadOnlySpan<AmfValue> values)
    {
        _body.ResetWrittenCount();
        var writer = new Amf0Writer(_body);
        writer.Write(name);
        writer.Write(transaction);
        foreach (var value in values)
            writer.Write(value);
        Count(_chunks.Write(pipe, CommandChunks, MessageType.CommandAmf0, stream, 0, _body.WrittenSpan));
    }

    /// <summary>Writes an <c>onStatus</c> (7.2.2).</summary>
    public void WriteStatus(uint stream, string level, string code, string description)
    {
        var information = new AmfObject { { "level", level }, { "code", code }, { "description", description } };
        WriteCommand(stream, "onStatus", 0, AmfNull.Value, information);
    }

    /// <summary>Asks the client to come back over a new connection (E-RTMP v2, "Reconnect Request").</summary>
    /// <param name="tcUrl">Where to; empty: where it came.</param>
    public void WriteReconnectRequest(string tcUrl)
    {
        var information = new AmfObject { { "level", "status" }, { "code", RtmpStatus.ReconnectRequest } };
        if (tcUrl.Length > 0)
            information.Add("tcUrl", tcUrl);
        information.Add("description", "this server is going down for maintenance");
        WriteCommand(0, "onStatus", 0, AmfNull.Value, information);
    }

    /// <summary>Writes an audio, video or data packet. The packet is borrowed.</summary>
    /// <param name="stream">Message stream.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="asPublisher">True: metadata goes out behind <c>@setDataFrame</c>, as publishers send it.</param>
    public void WriteMedia(uint stream, MediaPacket packet, bool asPublisher)
    {
        var payload = packet.Payload.Span;
        var (chunks, type) = packet.Kind switch
        {
            MediaKind.Audio => (AudioChunks, MessageType.Audio),
            MediaKind.Video => (VideoChunks, MessageType.Video),
            _ => (DataChunks, MessageType.DataAmf0),
        };
        var isMetadata = asPublisher && type == MessageType.DataAmf0 && OnMetaData.PrefixLength(payload) == 0 && OnMetaData.IsMatch(payload);
        Count(_chunks.Write(pipe, chunks, type, stream, packet.Dts.Milliseconds, payload, isMetadata ? OnMetaData.Prefix : default));
    }

    /// <summary>Hands what was written to the transport and waits while the peer is behind.</summary>
    /// <returns>False when the peer no longer takes anything.</returns>
    public ValueTask<bool> FlushAsync(CancellationToken ct)
    {
        Unflushed = 0;
        var flush = pipe.FlushAsync(ct);
        return flush.IsCompletedSuccessfully ? new ValueTask<bool>(!flush.Result.IsCompleted) : WaitAsync(flush);
    }

    // Pooled: under load every flush waits, and a stream must not allocate for it.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> WaitAsync(ValueTask<FlushResult> flush)
    {
        Volatile.Write(ref _flushStarted, time.GetTimestamp());
        try
        {
            return !(await flush.ConfigureAwait(false)).IsCompleted;
        }
        finally
        {
            Volatile.Write(ref _flushStarted, 0);
        }
    }

    private void WriteUInt32(MessageType type, uint value)
    {
        Span<byte> body = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(body, value);
        Count(_chunks.Write(pipe, ControlChunks, type, 0, 0, body));
    }

    private void Count(int bytes)
    {
        Unflushed += bytes;
        Volatile.Write(ref _written, _written + bytes);
    }
}
