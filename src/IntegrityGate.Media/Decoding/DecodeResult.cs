using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Streams;

namespace IntegrityGate.Media.Decoding;

/// <summary>What came of a <see cref="DecodeRequest"/>.</summary>
public abstract record DecodeResult
{
    private DecodeResult()
    {
    }

    /// <summary>Time for which a worker was busy with the request; zero when none was.</summary>
    public TimeSpan Busy { get; init; }

    /// <summary>The picture; the caller owns it.</summary>
    /// <param name="Frame">RGB24 at native size.</param>
    public sealed record Decoded(VideoFrame Frame) : DecodeResult;

    /// <summary>No picture.</summary>
    /// <param name="Fault">
    /// <see cref="GateFault.DecoderFailed"/> for a crash, hang, lie or undecodable bits; <see cref="GateFault.None"/> when the request
    /// was dropped on purpose (replaced by a newer one, queue full); <see cref="GateFault.GateShutdown"/> when the pool is closing.
    /// </param>
    /// <param name="Reason">One sentence for a log or an incident; holds no credentials.</param>
    public sealed record Failed(GateFault Fault, string Reason) : DecodeResult;
}
