using System.Buffers;
using BenchmarkDotNet.Attributes;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Rtmp.Chunks;

namespace IntegrityGate.Benchmarks;

/// <summary>Putting messages together from chunks, per message of a 6 Mbps stream.</summary>
[MemoryDiagnoser]
public class ChunkReaderBenchmarks : IDisposable
{
    private const int Messages = 154; // 60 video and 94 audio, see SampleStream

    private ReadOnlySequence<byte> _bytes;
    private ChunkReader _reader = null!;

    /// <summary>Bytes of payload in a chunk: FFmpeg's and OBS's own (128 until they set more, 4,096 in OBS), and ours.</summary>
    [Params(128, 4096, 65_536)]
    public int ChunkSize { get; set; }

    /// <summary>Writes the GOP as an encoder would.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var pool = new PacketPool();
        var output = new ArrayBufferWriter<byte>();
        var writer = new ChunkWriter();
        writer.Write(output, 2, MessageType.SetChunkSize, 0, 0, [0, (byte)(ChunkSize >> 16), (byte)(ChunkSize >> 8), (byte)ChunkSize]);
        writer.ChunkSize = ChunkSize;
        var packets = SampleStream.Gop(pool);
        if (packets.Count != Messages)
            throw new InvalidOperationException($"The sample has {packets.Count} packets.");
        foreach (var packet in packets)
        {
            var (stream, type) = packet.Kind == MediaKind.Video ? (6, MessageType.Video) : (4, MessageType.Audio);
            writer.Write(output, stream, type, 1, packet.Dts.Milliseconds, packet.Payload.Span);
        }

        _bytes = BlockSegment.Cut(output.WrittenMemory);
        _reader = new ChunkReader(pool, new IngestLimits(), TimeProvider.System) { AcceptMedia = true };
    }

    /// <inheritdoc/>
    [GlobalCleanup]
    public void Dispose()
    {
        _reader?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads and releases each message.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public int ReadMessage()
    {
        var buffer = _bytes;
        var count = 0;
        while (_reader.Read(ref buffer, out var message) == ChunkReadStatus.Ok)
        {
            message.Body!.Release();
            count++;
        }

        return count == Messages ? count : throw new InvalidOperationException($"{count} messages were read: {_reader.Error}");
    }
}
