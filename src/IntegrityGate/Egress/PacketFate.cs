namespace IntegrityGate.Egress;

/// <summary>What became of a packet that was offered to a receiver.</summary>
public enum PacketFate
{
    /// <summary>It waits for the receiver.</summary>
    Queued,

    /// <summary>Dropped: the receiver is behind by the whole budget.</summary>
    Behind,

    /// <summary>Dropped: a receiver that is to begin, or was behind, goes on at a key frame.</summary>
    BeforeKeyFrame,

    /// <summary>Not wanted any more: the receiver is gone.</summary>
    Gone,
}
