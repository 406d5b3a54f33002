namespace IntegrityGate.Reporting.Journal;

/// <summary>Work with a result.</summary>
/// <typeparam name="T">What the caller is told.</typeparam>
internal sealed class JournalWriteOf<T>(Func<JournalConnection, T> work) : JournalWrite
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    /// <summary>Ends when the work is durable or has failed.</summary>
    public Task<T> Done => _done.Task;

    /// <inheritdoc/>
    public override void Run(JournalConnection db) => _result = work(db);

    /// <inheritdoc/>
    public override void Succeed() => _done.TrySetResult(_result);

    /// <inheritdoc/>
    public override void Fail(Exception reason) => _done.TrySetException(reason);
}
