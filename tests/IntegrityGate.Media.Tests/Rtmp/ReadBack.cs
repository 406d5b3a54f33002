using System.Buffers;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Rtmp.Chunks;

namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>What a chunk reader makes of bytes, in portions of any size.</summary>
internal static class ReadBack
{
    public static List<Message> All(ReadOnlySpan<byte> bytes, ChunkReader? reader = null, Func<int, int>? portion = null)
    {
        using var own = reader is null ? New() : null;
        reader ??= own!;
        var messages = new List<Message>();
        var pending = Array.Empty<byte>();
        for (var at = 0; at < bytes.Length;)
        {
            var take = Math.Clamp(portion?.Invoke(at) ?? bytes.Length, 1, bytes.Length - at);
            var sequence = Split([.. pending, .. bytes.Slice(at, take)]);
            at += take;
            while (reader.Read(ref sequence, out var message) == ChunkReadStatus.Ok)
            {
                messages.Add(new Message(message.Type, message.StreamId, message.Body?.Dts.Milliseconds ?? -1, message.Body?.Payload.ToArray() ?? []));
                message.Body?.Release();
            }

            pending = sequence.ToArray();
        }

        return messages;
    }

    public static ChunkReader New(IngestLimits? limits = null, PacketPool? pool = null) =>
        new(pool ?? new PacketPool(), limits ?? new IngestLimits(), TimeProvider.System) { AcceptMedia = true };

    // Two segments, so that every header crosses a border somewhere.
    private static ReadOnlySequence<byte> Split(byte[] bytes)
    {
        var cut = bytes.Length / 2;
        var first = new Segment(bytes.AsMemory(0, cut), 0);
        var last = new Segment(bytes.AsMemory(cut), cut);
        first.Link(last);
        return new ReadOnlySequence<byte>(first, 0, last, bytes.Length - cut);
    }

    internal sealed record Message(MessageType Type, uint StreamId, long Dts, byte[] Body)
    {
        public bool Equals(Message? other) =>
            other is not null && Type == other.Type && StreamId == other.StreamId && Dts == other.Dts && Body.AsSpan().SequenceEqual(other.Body);

        public override int GetHashCode() => HashCode.Combine(Type, StreamId, Dts, Body.Length);

        public override string ToString() => $"{Type} on {StreamId} at {Dts}: {Body.Length} bytes {Convert.ToHexString(Body.AsSpan(0, Math.Min(8, Body.Length)))}";
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        public void Link(Segment next) => Next = next;
    }
}
