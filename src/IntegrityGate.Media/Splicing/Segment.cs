using IntegrityGate.Core.Packets;

namespace IntegrityGate.Media.Splicing;

/// <summary>A stretch of pictures that one label is laid over, from an entry (an IDR, CRA, BLA or AV1 key frame) to the packet before another. Touched by the splicer's loop only.</summary>
internal sealed class Segment(LabelEncoder encoder, long startedAt)
{
    private readonly Queue<(MediaPacket Packet, bool IsEntry)> _kept = new();
    private long _keptBytes;
    private bool _isOverBudget;

    /// <summary>The encoder at work; another one after a restart.</summary>
    public LabelEncoder Encoder { get; set; } = encoder;

    /// <summary>When it began, time-provider ticks.</summary>
    public long StartedAt { get; } = startedAt;

    /// <summary>The encoder's configuration, once told.</summary>
    public EncodedConfiguration? Encoding { get; set; }

    /// <summary>Places not filled yet, in decoding order.</summary>
    public Queue<Slot> Unfilled { get; } = new();

    /// <summary>Presentation times not come back yet.</summary>
    public FrameClock Clock { get; } = new();

    /// <summary>Presentation time of the last picture that came back, ms.</summary>
    public long LastPts { get; set; }

    /// <summary>Pictures that came back.</summary>
    public long Filled { get; set; }

    /// <summary>True when no more packets go in.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>When it was closed, time-provider ticks.</summary>
    public long ClosedAt { get; private set; }

    /// <summary>True when the publisher's bytes take over at the next entry whatever the directive.</summary>
    public bool MustLeave { get; set; }

    /// <summary>True while leading pictures may come that refer to pictures which the encoder never got.</summary>
    public bool IsOpen { get; set; }

    /// <summary>True once a second encoder was started.</summary>
    public bool IsRestarted { get; set; }

    /// <summary>
    /// The packets from the entry of the first unfilled place on; null when the budget did not allow to keep them.
    /// </summary>
    public IReadOnlyCollection<(MediaPacket Packet, bool IsEntry)>? Kept =>
        _kept.TryPeek(out var first) && (Unfilled.Count == 0 || first.Packet.Dts <= Unfilled.Peek().Source.Dts) ? _kept : null;

    /// <summary>Closes the input.</summary>
    public void Close(long now)
    {
        IsClosed = true;
        ClosedAt = now;
        Encoder.CloseInput();
    }

    /// <summary>Keeps a packet for a restart, within the budget; beyond it, keeping starts again at the next entry.</summary>
    public void Keep(MediaPacket packet, bool isEntry, long budget)
    {
        _isOverBudget &= !isEntry;
        if (_isOverBudget)
            return;
        _kept.Enqueue((packet.Retain(), isEntry));
        _keptBytes += packet.Payload.Length;
        if (_keptBytes > budget)
        {
            Forget();
            _isOverBudget = true;
        }
    }

    /// <summary>The picture of an entry came back: what was kept before it is not needed any more.</summary>
    public void PassEntry(MediaPacket entry)
    {
        while (_kept.TryPeek(out var first) && first.Packet.Dts < entry.Dts)
        {
            _keptBytes -= first.Packet.Payload.Length;
            first.Packet.Release();
            _kept.Dequeue();
        }
    }

    /// <summary>Lets go of the kept packets.</summary>
    public void Forget()
    {
        while (_kept.TryDequeue(out var entry))
            entry.Packet.Release();
        _keptBytes = 0;
    }
}
