using System.Buffers;
using BenchmarkDotNet.Attributes;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Rtmp.Chunks;

namespace IntegrityGate.Benchmarks;

/// <summary>Cutting messages into chunks, per message of a 6 Mbps stream; nine tenths of the time is the copy of the payload.</summary>
[MemoryDiagnoser]
public class ChunkWriterBenchmarks
{
    private const int Messages = 154;

    private readonly ArrayBufferWriter<byte> _output = new(4 << 20);
    private IReadOnlyList<MediaPacket> _packets = [];
    private ChunkWriter _writer = null!;

    /// <summary>Bytes of payload in a chunk: nginx-rtmp's and ours.</summary>
    [Params(4096, 65_536)]
    public int ChunkSize { get; set; }

    /// <summary>Makes the packets.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _packets = SampleStream.Gop(new PacketPool());
        _writer = new ChunkWriter(ChunkSize);
    }

    /// <summary>Writes each packet.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public int WriteMessage()
    {
        _output.ResetWrittenCount();
        foreach (var packet in _packets)
        {
            var (stream, type) = packet.Kind == MediaKind.Video ? (6, MessageType.Video) : (4, MessageType.Audio);
            _writer.Write(_output, stream, type, 1, packet.Dts.Milliseconds, packet.Payload.Span);
        }

        return _output.WrittenCount;
    }
}
