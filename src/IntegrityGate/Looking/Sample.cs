using System.Diagnostics;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Looking;

/// <summary>
/// One moment of a stream that was picked for inspection: the packets from the last key frame up to the wanted frame, held
/// until the sample is disposed.
/// </summary>
public sealed class Sample : IDisposable
{
    private MediaPacket[]? _run;
    private MediaPacket? _header;

    /// <summary>Takes holds on the header and the run.</summary>
    /// <param name="header">Decoder configuration.</param>
    /// <param name="run">Key frame first, wanted frame last.</param>
    /// <param name="pickedAt">Time-provider tick at which it was picked.</param>
    /// <param name="stream">Trace context of the stream, for the link.</param>
    public Sample(MediaPacket header, IReadOnlyList<MediaPacket> run, long pickedAt, ActivityContext stream)
    {
        _header = header.Retain();
        _run = [.. run.Select(p => p.Retain())];
        At = _run[^1].Pts;
        PickedAt = pickedAt;
        Stream = stream;
    }

    /// <summary>Presentation time of the wanted frame.</summary>
    public MediaTime At { get; }

    /// <summary>Tick at which the sample was picked.</summary>
    public long PickedAt { get; }

    /// <summary>Trace context of the stream.</summary>
    public ActivityContext Stream { get; }

    /// <summary>Decoder configuration.</summary>
    public MediaPacket Header => _header ?? throw new ObjectDisposedException(nameof(Sample));

    /// <summary>Key frame first, wanted frame last.</summary>
    public IReadOnlyList<MediaPacket> Run => _run ?? throw new ObjectDisposedException(nameof(Sample));

    /// <summary>Releases the packets.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _run, null) is not { } run)
            return;
        foreach (var packet in run)
            packet.Release();
        _header?.Release();
        _header = null;
    }
}
