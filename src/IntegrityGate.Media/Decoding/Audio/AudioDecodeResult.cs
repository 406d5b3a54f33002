using IntegrityGate.Core.Audio;
using IntegrityGate.Core.Streams;

namespace IntegrityGate.Media.Decoding.Audio;

/// <summary>What came of an <see cref="AudioDecodeRequest"/>.</summary>
public abstract record AudioDecodeResult
{
    private AudioDecodeResult()
    {
    }

    /// <summary>Time for which a worker was busy with the request; zero when none was.</summary>
    public TimeSpan Busy { get; init; }

    /// <summary>The sound; the caller owns it.</summary>
    /// <param name="Window">One channel at <see cref="AudioWindow.SampleRate"/>.</param>
    public sealed record Decoded(AudioWindow Window) : AudioDecodeResult;

    /// <summary>No sound.</summary>
    /// <param name="Fault">
    /// <see cref="GateFault.DecoderFailed"/> for a crash, hang or undecodable bits; <see cref="GateFault.PublisherLimit"/> for a window over a limit;
    /// <see cref="GateFault.None"/> when too many waited; <see cref="GateFault.GateShutdown"/> when the decoder is closing.
    /// </param>
    /// <param name="Reason">One sentence for a log; holds no credentials.</param>
    public sealed record Failed(GateFault Fault, string Reason) : AudioDecodeResult;
}
