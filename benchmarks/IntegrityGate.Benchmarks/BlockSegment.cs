using System.Buffers;

namespace IntegrityGate.Benchmarks;

/// <summary>Bytes cut into blocks of 4,096, which is how Kestrel's memory pool hands them to the chunk reader.</summary>
internal sealed class BlockSegment : ReadOnlySequenceSegment<byte>
{
    private const int BlockBytes = 4096;

    private BlockSegment(ReadOnlyMemory<byte> memory, long index)
    {
        Memory = memory;
        RunningIndex = index;
    }

    /// <summary>Cuts the bytes.</summary>
    public static ReadOnlySequence<byte> Cut(ReadOnlyMemory<byte> bytes)
    {
        var first = new BlockSegment(bytes[..Math.Min(BlockBytes, bytes.Length)], 0);
        var last = first;
        for (var at = BlockBytes; at < bytes.Length; at += BlockBytes)
        {
            var next = new BlockSegment(bytes.Slice(at, Math.Min(BlockBytes, bytes.Length - at)), at);
            last.Next = next;
            last = next;
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }
}
