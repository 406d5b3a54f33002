using System.Buffers;
using System.Buffers.Binary;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Flv;

namespace IntegrityGate.Media.Rtmp.Chunks;

/// <summary>
/// Puts messages together from chunks (RTMP 1.0, 5.3), straight into rented packets. It takes every header form, and where senders
/// disagree it takes them all: see <see cref="ChunkTimes"/> for time stamps. Set chunk size and abort are obeyed here and not handed on.
/// </summary>
/// <param name="pool">Where packets are rented.</param>
/// <param name="limits">What a peer may ask for.</param>
/// <param name="time">Stamps the arrival of packets.</param>
public sealed class ChunkReader(PacketPool pool, IngestLimits limits, TimeProvider time) : IDisposable
{
    private const int MaxHeaderBytes = 18; // 3 of basic header, 11 of message header, 4 of extended time
    private const int MaxControlBytes = 64;

    private readonly ChunkStream?[] _near = new ChunkStream?[64];
    private readonly MessageClock _clock = new();
    private Dictionary<int, ChunkStream>? _far;
    private ChunkStream? _current;
    private AggregateSplitter? _aggregate;
    private int _streams;
    private int _chunkLeft;
    private int _partialBytes;

    /// <summary>The peer's chunk size, bytes; 128 until it sets another (5.4.1).</summary>
    public int ChunkSize { get; private set; } = 128;

    /// <summary>False: audio, video and data are passed over unread, so that a peer nobody accepted yet can hold no memory.</summary>
    public bool AcceptMedia { get; set; }

    /// <summary>Why the last call said <see cref="ChunkReadStatus.Malformed"/>.</summary>
    public string? Error { get; private set; }

    /// <summary>The limit that was gone over, by its name in <see cref="IngestLimits"/>; null when the protocol itself was broken.</summary>
    public string? BreachedLimit { get; private set; }

    /// <summary>Messages given up because another one began on the same chunk stream.</summary>
    public long Abandoned { get; private set; }

    /// <summary>Type 3 chunks that lacked the extended time stamp they owed.</summary>
    public long MissingExtendedTimes { get; private set; }

    /// <summary>True when messages of an aggregate wait, which need no further bytes.</summary>
    public bool HasPending => _aggregate is not null;

    /// <summary>Bytes announced by messages under way.</summary>
    public int PartialBytes => _partialBytes;

    /// <summary>Lets the clock start anew, for a new stream on the same connection.</summary>
    public void ResetClock() => _clock.Reset();

    /// <summary>Reads the next message.</summary>
    /// <param name="buffer">The bytes; what was used up is cut from its front.</param>
    /// <param name="message">The message, its body held for the caller, when the status is Ok.</param>
    public ChunkReadStatus Read(ref ReadOnlySequence<byte> buffer, out RtmpMessage message)
    {
        message = default;
        if (_aggregate is not null)
        {
            if (_aggregate.TryNext(out message))
                return ChunkReadStatus.Ok;
            _aggregate = null;
        }

        while (Error is null)
        {
            if (_current is null)
            {
                var status = ReadHeader(ref buffer);
                if (status != ChunkReadStatus.Ok)
                    return status;
            }

            if (!ReadPayload(ref buffer, out var complete))
                return ChunkReadStatus.NeedMore;
            if (complete is not null && Finish(complete, out message))
                return ChunkReadStatus.Ok;
        }

        return ChunkReadStatus.Malformed;
    }

    /// <summary>Gives back the messages under way.</summary>
    public void Dispose()
    {
        foreach (var stream in _near)
            Abandon(stream);
        foreach (var stream in _far?.Values ?? Enumerable.Empty<ChunkStream>())
            Abandon(stream);
        _aggregate?.Dispose();
        _aggregate = null;
        Error ??= "the reader is closed";
    }

    private ChunkReadStatus ReadHeader(ref ReadOnlySequence<byte> buffer)
    {
        Span<byte> joined = stackalloc byte[MaxHeaderBytes];
        scoped var head = buffer.FirstSpan;
        if (head.Length < MaxHeaderBytes && buffer.Length > head.Length)
        {
            var count = (int)Math.Min(MaxHeaderBytes, buffer.Length);
            buffer.Slice(0, count).CopyTo(joined);
            head = joined[..count];
        }

        var status = ParseHeader(head, out var used);
        if (status == ChunkReadStatus.Ok)
            buffer = buffer.Slice(used);
        return status;
    }

    private ChunkReadStatus ParseHeader(ReadOnlySpan<byte> head, out int used)
    {
        used = 0;
        if (head.IsEmpty)
            return ChunkReadStatus.NeedMore;
        var format = head[0] >> 6;
        var id = head[0] & 0x3F;
        var at = id switch { 0 => 2, 1 => 3, _ => 1 }; // 5.3.1.1
        if (head.Length < at)
            return ChunkReadStatus.NeedMore;
        if (id < 2)
            id = id == 0 ? 64 + head[1] : 64 + head[1] + (head[2] << 8);

        var stream = Find(id);
        if (stream is null && format >= 2)
            return Fail($"chunk stream {id} begins with a chunk of type {format}, which repeats a header that never came");
        if (format < 3)
            return ParseMessageHeader(head, id, format, at, stream, out used);

        if (stream!.IsExtended)
        {
            if (head.Length < at + 4)
                return ChunkReadStatus.NeedMore;
            if (ChunkTimes.RepeatsTime(stream, BinaryPrimitives.ReadUInt32BigEndian(head[at..])))
                at += 4;
            else
                MissingExtendedTimes++;
        }

        if (!stream.IsUnderWay)
        {
            ChunkTimes.Repeat(stream);
            if (!Begin(stream))
                return ChunkReadStatus.Malformed;
        }

        used = at;
        Select(stream);
        return ChunkReadStatus.Ok;
    }

    private ChunkReadStatus ParseMessageHeader(ReadOnlySpan<byte> head, int id, int format, int at, ChunkStream? stream, out int used)
    {
        used = 0;
        var size = format switch { 0 => 11, 1 => 7, _ => 3 };
        if (head.Length < at + size)
            return ChunkReadStatus.NeedMore;
        var header = head[at..];
        var field = (uint)((header[0] << 16) | (header[1] << 8) | header[2]);
        var isExtended = field == 0xFFFFFF; // 5.3.1.3
        if (isExtended)
        {
            if (header.Length < size + 4)
                return ChunkReadStatus.NeedMore;
            field = BinaryPrimitives.ReadUInt32BigEndian(header[size..]);
        }

        if (stream is null)
        {
            if (_streams >= limits.MaxChunkStreams)
                return Breach(nameof(IngestLimits.MaxChunkStreams), $"more than {limits.MaxChunkStreams} chunk streams");
            stream = Add(id);
        }
        else if (stream.IsUnderWay)
        {
            Abandoned++;
            Abandon(stream);
        }

        if (format < 2)
        {
            stream.Length = (header[3] << 16) | (header[4] << 8) | header[5];
            stream.Type = (MessageType)header[6];
        }

        if (format == 0)
            stream.StreamId = BinaryPrimitives.ReadUInt32LittleEndian(header[7..]); // 5.3.1.2.1: the one little-endian field
        ChunkTimes.Apply(stream, format == 0, field, isExtended);
        if (!Begin(stream))
            return ChunkReadStatus.Malformed;
        used = at + size + (isExtended ? 4 : 0);
        Select(stream);
        return ChunkReadStatus.Ok;
    }

    private bool Begin(ChunkStream stream)
    {
        stream.IsUnderWay = true;
        stream.Received = 0;
        stream.Body = null;
        var (limit, name) = stream.Type switch
        {
            >= MessageType.SetChunkSize and <= MessageType.SetPeerBandwidth => (MaxControlBytes, null),
            MessageType.CommandAmf0 or MessageType.CommandAmf3 => (limits.MaxCommandBytes, nameof(IngestLimits.MaxCommandBytes)),
            MessageType.Audio or MessageType.Video or MessageType.DataAmf0 or MessageType.DataAmf3 or MessageType.Aggregate when AcceptMedia =>
                (limits.MaxMessageBytes, nameof(IngestLimits.MaxMessageBytes)),
            _ => (-1, null),
        };
        if (limit < 0 || (stream.Length > limit && name is null))
            return true; // passed over: nothing is kept of it
        if (stream.Length > limit)
            return Breach(name!, $"a message of {stream.Length} bytes is over the limit of {limit}") == ChunkReadStatus.Ok;
        var partialLimit = AcceptMedia ? limits.MaxPartialBytesPerConnection : Math.Min(limits.MaxPartialBytesPerConnection, limits.MaxCommandBytes);
        if (_partialBytes + stream.Length > partialLimit)
        {
            return Breach(
                nameof(IngestLimits.MaxPartialBytesPerConnection),
                $"messages under way announce more than {partialLimit} bytes") == ChunkReadStatus.Ok;
        }

        _partialBytes += stream.Length;
        var kind = stream.Type switch
        {
            MessageType.Audio => MediaKind.Audio,
            MessageType.Video => MediaKind.Video,
            _ => MediaKind.Data,
        };
        var dts = _clock.Unwrap(stream.Timestamp, stream.Type is MessageType.Audio or MessageType.Video or MessageType.Aggregate);
        stream.Body = pool.Rent(kind, dts, stream.Length, receivedTimestamp: time.GetTimestamp());
        return true;
    }

    private bool ReadPayload(ref ReadOnlySequence<byte> buffer, out ChunkStream? complete)
    {
        var stream = _current!;
        complete = null;
        var take = (int)Math.Min(_chunkLeft, buffer.Length);
        if (take > 0)
        {
            var part = buffer.Slice(0, take);
            if (stream.Body is { } body)
                part.CopyTo(body.Writable[stream.Received..]);
            buffer = buffer.Slice(part.End);
            stream.Received += take;
            _chunkLeft -= take;
        }

        if (_chunkLeft > 0)
            return false;
        _current = null;
        if (stream.Received == stream.Length)
            complete = stream;
        return true;
    }

    // True when the message goes to the caller.
    private bool Finish(ChunkStream stream, out RtmpMessage message)
    {
        var body = stream.Body;
        message = new RtmpMessage(stream.Type, stream.StreamId, body);
        stream.IsUnderWay = false;
        stream.Body = null;
        if (body is null)
            return true;
        _partialBytes -= stream.Length;
        switch (stream.Type)
        {
            case MessageType.SetChunkSize:
                SetChunkSize(body.Payload.Span);
                body.Release();
                return false;
            case MessageType.Abort:
                if (body.Payload.Length >= 4)
                    Abandon(Find((int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32BigEndian(body.Payload.Span))));
                body.Release();
                return false;
            case MessageType.Aggregate:
                _aggregate = new AggregateSplitter(pool, body, stream.StreamId);
                if (_aggregate.TryNext(out message))
                    return true;
                _aggregate = null;
                return false;
            case MessageType.Audio or MessageType.Video or MessageType.DataAmf0 or MessageType.DataAmf3:
                body.Describe(TagClassifier.Classify(body.Kind, body.Payload.Span));
                return true;
            default:
                return true;
        }
    }

    private void SetChunkSize(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 4)
            return;
        var size = BinaryPrimitives.ReadUInt32BigEndian(payload) & 0x7FFFFFFF; // 5.4.1: the first bit is zero
        if (size < 1)
            Fail("a chunk size of zero");
        else if (size > limits.MaxInboundChunkSize)
            Breach(nameof(IngestLimits.MaxInboundChunkSize), $"a chunk size of {size} is over the limit of {limits.MaxInboundChunkSize}");
        else
            ChunkSize = (int)size;
    }

    private void Select(ChunkStream stream)
    {
        _current = stream;
        _chunkLeft = Math.Min(ChunkSize, stream.Length - stream.Received);
    }

    private ChunkStream? Find(int id)
    {
        if ((uint)id < (uint)_near.Length)
            return _near[id];
        return _far is not null && _far.TryGetValue(id, out var stream) ? stream : null;
    }

    private ChunkStream Add(int id)
    {
        var stream = new ChunkStream();
        _streams++;
        if (id < _near.Length)
            _near[id] = stream;
        else
            (_far ??= []).Add(id, stream);
        return stream;
    }

    private void Abandon(ChunkStream? stream)
    {
        if (stream is not { IsUnderWay: true })
            return;
        stream.IsUnderWay = false;
        if (stream.Body is not { } body)
            return;
        stream.Body = null;
        _partialBytes -= stream.Length;
        body.Release();
    }

    private ChunkReadStatus Breach(string limit, string reason)
    {
        BreachedLimit = limit;
        return Fail(reason);
    }

    private ChunkReadStatus Fail(string reason)
    {
        Error ??= reason;
        return ChunkReadStatus.Malformed;
    }
}
