using System.Buffers;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Core.Audio;

/// <summary>
/// A stretch of a stream's decoded sound: one channel, 32-bit floating point from -1 to 1, <see cref="SampleRate"/> samples a second. It
/// rents its memory; whoever holds it last disposes it.
/// </summary>
public sealed class AudioWindow : IDisposable
{
    /// <summary>16,000 Hz: speech lies under 8 kHz (wideband telephony, ITU-T G.722), and published detectors of synthetic voice take this rate.</summary>
    public const int SampleRate = 16_000;

    private float[]? _samples;

    /// <summary>Rents a silent window.</summary>
    /// <param name="at">Media time of its first sample.</param>
    /// <param name="length">Samples, 0 or more.</param>
    public AudioWindow(MediaTime at, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        At = at;
        Length = length;
        _samples = ArrayPool<float>.Shared.Rent(length);
        _samples.AsSpan(0, length).Clear();
    }

    /// <summary>Media time of the first sample.</summary>
    public MediaTime At { get; }

    /// <summary>True when nothing came before it: the stream begins with it.</summary>
    public bool IsStart { get; init; }

    /// <summary>Samples.</summary>
    public int Length { get; private set; }

    /// <summary>How long it plays.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Length / SampleRate);

    /// <summary>The samples.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    public Span<float> Samples => (_samples ?? throw new ObjectDisposedException(nameof(AudioWindow))).AsSpan(0, Length);

    /// <summary>Cuts the end off.</summary>
    /// <param name="length">Samples that stay, no more than there are.</param>
    public void Trim(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)Length);
        Length = length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _samples, null) is { } rented)
            ArrayPool<float>.Shared.Return(rented);
    }
}
