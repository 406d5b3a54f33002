using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace IntegrityGate.Media.Tests.Transport;

/// <summary>Keeps the exceptions that were logged.</summary>
internal sealed class RecordingLogger : ILogger
{
    public ConcurrentQueue<Exception> Errors { get; } = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (exception is not null)
            Errors.Enqueue(exception);
    }
}
