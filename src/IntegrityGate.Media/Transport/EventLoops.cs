using Microsoft.Extensions.Logging;

namespace IntegrityGate.Media.Transport;

/// <summary>The loops of a program, one a core as a rule; connections are spread over them.</summary>
public sealed class EventLoops : IDisposable
{
    private readonly EventLoop[] _loops;

    /// <summary>Starts them.</summary>
    /// <param name="count">How many; as many as cores suit, since they never wait for anything but packets.</param>
    /// <param name="gather">See <see cref="EventLoop(string, TimeSpan, ILogger)"/>.</param>
    /// <param name="logger">For work that throws.</param>
    public EventLoops(int count, TimeSpan gather, ILogger<EventLoops> logger)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _loops = [.. Enumerable.Range(0, count).Select(number => new EventLoop($"rtmp loop {number}", gather, logger))];
    }

    /// <summary>The loop with the fewest connections.</summary>
    public EventLoop Least => _loops.MinBy(loop => loop.Connections)!;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var loop in _loops)
            loop.Dispose();
    }
}
