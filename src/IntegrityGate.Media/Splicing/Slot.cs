using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Codecs;

namespace IntegrityGate.Media.Splicing;

/// <summary>
/// The place of one packet in the outgoing order. Places are filled by the publisher's packet or, in a segment, by the encoder's
/// n-th picture in the segment's n-th place: that is how it takes the n-th decoding time, and how audio keeps its place beside it.
/// </summary>
internal sealed class Slot
{
    /// <summary>The publisher's packet; the slot holds it.</summary>
    public required MediaPacket Source { get; init; }

    /// <summary>When it came in, time-provider ticks.</summary>
    public required long ArrivedAt { get; init; }

    /// <summary>The segment that fills it; null when the publisher's packet goes out.</summary>
    public Segment? Segment { get; set; }

    /// <summary>True when decoding can start at the source.</summary>
    public bool IsEntry { get; init; }

    /// <summary>For an entry: the publisher's header and sets, to be sent again when the last header sent was another.</summary>
    public SourceConfiguration? Configuration { get; init; }

    /// <summary>What is in force for the entry.</summary>
    public ActiveVideo? Video { get; init; }

    /// <summary>The encoder's picture.</summary>
    public MediaPacket? Stamped { get; set; }

    /// <summary>Presentation time of the encoder's picture on the stream's clock, ms.</summary>
    public long StampedPts { get; set; }

    /// <summary>The encoder's configuration that the picture belongs to.</summary>
    public EncodedConfiguration? Encoding { get; set; }

    /// <summary>True when nothing goes out in this place.</summary>
    public bool IsDropped { get; set; }

    /// <summary>True when the place need not wait.</summary>
    public bool IsReady => Segment is null || Stamped is not null || IsDropped;

    /// <summary>Lets go of what it holds.</summary>
    public void Release()
    {
        Source.Release();
        Stamped?.Release();
        Stamped = null;
    }
}
