namespace IntegrityGate.Media.Splicing;

/// <summary>What the splicer does with a stream's video at present.</summary>
public enum SpliceState
{
    /// <summary>The publisher's bytes go through untouched.</summary>
    Forwarding,

    /// <summary>An encoder has taken over at an IDR; its first picture has not come out yet.</summary>
    Starting,

    /// <summary>Pictures with the label go out.</summary>
    Stamping,

    /// <summary>The publisher's bytes are due again; the encoder's last pictures are awaited.</summary>
    Returning,

    /// <summary>A label is wanted and cannot be set; the publisher's bytes go through.</summary>
    CannotStamp,
}
