namespace IntegrityGate.Media.Splicing;

/// <summary>The kinds of <see cref="SpliceMessage"/>.</summary>
internal enum SpliceMessageKind
{
    /// <summary>A packet from the publisher.</summary>
    Packet,

    /// <summary>A label is wanted, another one, or none.</summary>
    Directive,

    /// <summary>An encoder's sequence header.</summary>
    EncoderHeader,

    /// <summary>An encoder's picture.</summary>
    EncoderFrame,

    /// <summary>An encoder has ended.</summary>
    EncoderEnded,

    /// <summary>The publisher is away for a while.</summary>
    Pause,

    /// <summary>Time to look at deadlines.</summary>
    Tick,

    /// <summary>The stream has ended.</summary>
    Complete,
}
