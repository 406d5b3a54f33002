namespace IntegrityGate.Core.Streams;

/// <summary>Which side and which stage failed, in the manner of a proxy's error codes: <c>Publisher…</c> is a stranger's doing, the others are ours or a neighbour's.</summary>
public enum GateFault
{
    /// <summary>Nothing failed.</summary>
    None = 0,

    /// <summary>The publisher ended the stream as the protocol has it (deleteStream, FCUnpublish, closeStream).</summary>
    PublisherEnded,

    /// <summary>The publisher's connection went away without a goodbye.</summary>
    PublisherDisconnected,

    /// <summary>The publisher did not finish its handshake in time or sent none.</summary>
    PublisherHandshake,

    /// <summary>The publisher broke the chunk or message protocol.</summary>
    PublisherProtocol,

    /// <summary>The publisher went over a named limit.</summary>
    PublisherLimit,

    /// <summary>The publisher sent nothing for too long.</summary>
    PublisherIdle,

    /// <summary>The publisher may not publish, or the name is taken.</summary>
    PublisherRefused,

    /// <summary>The decoder crashed, hung or lied.</summary>
    DecoderFailed,

    /// <summary>A detector threw or is not loaded.</summary>
    DetectorFailed,

    /// <summary>The stamping encoder crashed, hung or fell behind.</summary>
    EncoderFailed,

    /// <summary>The upstream could not be reached.</summary>
    UpstreamUnreachable,

    /// <summary>The upstream refused the stream.</summary>
    UpstreamRefused,

    /// <summary>The upstream's connection was lost while the stream ran.</summary>
    UpstreamLost,

    /// <summary>The upstream took data too slowly and the buffer's budget was spent.</summary>
    UpstreamSlow,

    /// <summary>The journal could not be written.</summary>
    JournalFailed,

    /// <summary>Policy ended the stream.</summary>
    PolicyBlocked,

    /// <summary>An operator ended the stream.</summary>
    OperatorClosed,

    /// <summary>The gate is shutting down.</summary>
    GateShutdown,
}
