using System.Buffers;
using IntegrityGate.Core.Packets;
using IntegrityGate.LoadHarness.Clips;
using IntegrityGate.Media.Flv;

namespace IntegrityGate.LoadHarness.Load;

/// <summary>A recorded clip that is published in a loop, and the place where a received packet finds what was sent.</summary>
internal sealed class Clip
{
    private readonly Dictionary<long, int> _index = [];

    private Clip(byte[]? metadata, List<ClipPacket> headers, List<ClipPacket> packets)
    {
        Metadata = metadata;
        Headers = headers;
        Packets = packets;
        for (var at = 0; at < packets.Count; at++)
            _index.Add(Place(packets[at].Kind, packets[at].Milliseconds), at);
    }

    /// <summary>Length of a loop.</summary>
    public const int Milliseconds = ClipKind.Seconds * 1000;

    /// <summary><c>onMetaData</c> as the muxer wrote it.</summary>
    public byte[]? Metadata { get; }

    /// <summary>Decoder configurations.</summary>
    public IReadOnlyList<ClipPacket> Headers { get; }

    /// <summary>Audio and video of one loop, by time.</summary>
    public IReadOnlyList<ClipPacket> Packets { get; }

    /// <summary>Reads an FLV file whole.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static Clip Read(string path)
    {
        var buffer = new ReadOnlySequence<byte>(File.ReadAllBytes(path));
        var reader = new FlvReader(new PacketPool());
        byte[]? metadata = null;
        var headers = new List<ClipPacket>();
        var packets = new List<ClipPacket>();
        while (reader.Read(ref buffer, out var packet) == FlvReadStatus.Ok)
        {
            var copy = new ClipPacket(packet!.Kind, (int)packet.Dts.Milliseconds, packet.Payload.ToArray(), packet.Traits);
            packet.Release();
            if (copy.Kind == MediaKind.Data)
                metadata ??= copy.Payload;
            else if (copy.Traits.IsSequenceHeader)
                headers.Add(copy with { Milliseconds = 0 });
            else if (copy.Payload.Length > copy.Traits.HeaderLength) // not the end of sequence, which has no picture
                packets.Add(copy);
        }

        if (reader.Error is { } error || packets.Count == 0)
            throw new InvalidDataException($"{path}: {reader.Error ?? "no packets"}");
        var start = packets.Min(packet => packet.Milliseconds);
        var loop = packets.Select(packet => packet with { Milliseconds = packet.Milliseconds - start })
            .Where(packet => packet.Milliseconds < Milliseconds).OrderBy(packet => packet.Milliseconds).ToList();
        return new Clip(metadata, headers, loop);
    }

    /// <summary>Finds the number of a packet in the endless loop by its kind and time; false when none was sent with that time.</summary>
    public bool TryLocate(MediaKind kind, long milliseconds, out long number)
    {
        number = -1;
        if (milliseconds < 0 || !_index.TryGetValue(Place(kind, milliseconds % Milliseconds), out var at))
            return false;
        number = (milliseconds / Milliseconds * Packets.Count) + at;
        return true;
    }

    private static long Place(MediaKind kind, long milliseconds) => (milliseconds << 1) | (kind == MediaKind.Video ? 1L : 0);
}
