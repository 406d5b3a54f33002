using System.Collections.Concurrent;

namespace IntegrityGate.Detection.Imaging;

/// <summary>
/// Keeps resize weights between frames. A publisher chooses the frame size, so the cache is bounded: past the bound weights are
/// computed for the one frame and dropped (about 20 µs for a 1080p axis).
/// </summary>
internal sealed class ResizeAxisCache
{
    /// <summary>Pairs kept: 256. A gate sees a handful of frame sizes; text crops add the lengths of their lines.</summary>
    private const int Capacity = 256;

    private readonly ConcurrentDictionary<(int Source, int Target), ResizeAxis> _axes = new();

    /// <summary>The weights for a pair of lengths.</summary>
    public ResizeAxis Get(int sourceLength, int targetLength)
    {
        if (_axes.TryGetValue((sourceLength, targetLength), out var axis))
            return axis;
        axis = ResizeAxis.Create(sourceLength, targetLength);
        if (_axes.Count < Capacity)
            _axes.TryAdd((sourceLength, targetLength), axis);
        return axis;
    }
}
