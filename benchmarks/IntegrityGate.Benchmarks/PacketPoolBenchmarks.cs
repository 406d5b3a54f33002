using BenchmarkDotNet.Attributes;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Benchmarks;

/// <summary>Renting a packet, one more holder, and both releases.</summary>
[MemoryDiagnoser]
public class PacketPoolBenchmarks
{
    private readonly PacketPool _pool = new();

    /// <summary>Payload bytes: an audio frame, a video frame, a key frame at 6 Mbps, and one of 4K at 80 Mbps.</summary>
    [Params(341, 22_800, 150_000, 6_000_000)]
    public int Bytes { get; set; }

    /// <summary>What each packet of the forwarding path goes through, bytes not touched.</summary>
    [Benchmark]
    public int RentAndRelease()
    {
        var packet = _pool.Rent(MediaKind.Video, new MediaTime(1), Bytes);
        packet.Retain();
        packet.Release();
        packet.Release();
        return _pool.Rented;
    }
}
