using System.Threading.Tasks.Sources;

namespace IntegrityGate.Media.Transport;

/// <summary>
/// One wait at a time for what comes later, over and over without an allocation. What is waited for is the owner's: it begins and ends the wait
/// under the lock that guards its own state.
/// </summary>
/// <typeparam name="T">What is waited for.</typeparam>
/// <param name="owner">Whose wait it is.</param>
public sealed class LoopWait<T>(IWaitOwner owner) : IValueTaskSource<T>
{
    private ManualResetValueTaskSourceCore<T> _source;
    private CancellationToken _token;
    private CancellationTokenRegistration _registration;

    /// <summary>True while somebody waits. Under the lock.</summary>
    public bool IsOn { get; private set; }

    /// <summary>True when somebody waits and has given up. Under the lock.</summary>
    public bool IsGivenUp => IsOn && _token.IsCancellationRequested;

    /// <summary>What to tell whoever waits and has given up; null while he has not. Under the lock.</summary>
    public Exception? Cancellation => IsGivenUp ? new OperationCanceledException(_token) : null;

    /// <summary>Begins to wait. Under the lock.</summary>
    public ValueTask<T> Begin(CancellationToken cancellationToken)
    {
        _source.Reset();
        IsOn = true;
        _token = cancellationToken;
        if (cancellationToken.CanBeCanceled)
            _registration = cancellationToken.UnsafeRegister(static owner => ((IWaitOwner)owner!).Wake(), owner);
        return new ValueTask<T>(this, _source.Version);
    }

    /// <summary>Nobody waits any longer; <see cref="Tell"/> follows. Under the lock.</summary>
    public void End()
    {
        IsOn = false;
        _registration.Unregister();
        _registration = default;
    }

    /// <summary>Says what came of it, which may run the code that waited: not under the lock.</summary>
    public void Tell(T result, Exception? error)
    {
        if (error is null)
            _source.SetResult(result);
        else
            _source.SetException(error);
    }

    /// <inheritdoc/>
    public T GetResult(short token) => _source.GetResult(token);

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
