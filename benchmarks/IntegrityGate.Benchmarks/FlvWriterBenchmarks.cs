using System.Buffers;
using BenchmarkDotNet.Attributes;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Flv;

namespace IntegrityGate.Benchmarks;

/// <summary>Writing FLV tags, as HTTP-FLV players get them, per packet of a 6 Mbps stream.</summary>
[MemoryDiagnoser]
public class FlvWriterBenchmarks
{
    private const int Packets = 154;

    private readonly ArrayBufferWriter<byte> _output = new(4 << 20);
    private readonly IReadOnlyList<MediaPacket> _packets = SampleStream.Gop(new PacketPool());

    /// <summary>Writes each packet.</summary>
    [Benchmark(OperationsPerInvoke = Packets)]
    public int WriteTag()
    {
        _output.ResetWrittenCount();
        foreach (var packet in _packets)
            FlvWriter.WriteTag(_output, packet);
        return _output.WrittenCount;
    }
}
