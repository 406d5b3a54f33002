using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Telemetry;

namespace IntegrityGate.Detection.Runtime;

/// <summary>
/// Threads of their own for the detectors, after all others in the system's order (Linux: nice 10, about a tenth of a busy core beside a thread
/// of normal priority). A network computes for tens of milliseconds without a pause; on the thread pool, or beside the event loops as their
/// equal, packets wait for it.
/// </summary>
internal sealed class LookThreads : TaskScheduler, IDisposable
{
    /// <summary>10: as the decoders have it.</summary>
    public const int Niceness = 10;

    // As many wait as there are streams: each has one look at a time.
    private readonly BlockingCollection<Task> _waiting = [];
    private readonly int _count;

    /// <summary>Starts the threads.</summary>
    /// <param name="count">How many; no more than each detector has work places, so that none waits for one on another thread.</param>
    public LookThreads(int count)
    {
        _count = count;
        for (var number = 0; number < count; number++)
            new Thread(Run) { IsBackground = true, Name = $"look {number}", Priority = ThreadPriority.BelowNormal }.Start();
    }

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => _count;

    /// <summary>Looks on these threads, and adds the CPU time to the caller's tally.</summary>
    /// <param name="look">The look; it must not wait long, since a thread waits with it.</param>
    /// <param name="cancellationToken">Ends it before it begins.</param>
    public ValueTask<EvidenceItem> LookAsync(Func<ValueTask<EvidenceItem>> look, CancellationToken cancellationToken) =>
        new(Task.Factory.StartNew(() => CountAsync(look), cancellationToken, TaskCreationOptions.DenyChildAttach, this).Unwrap());

    /// <summary>Takes no more work; what waits is done.</summary>
    public void Dispose() => _waiting.CompleteAdding();

    /// <inheritdoc/>
    protected override void QueueTask(Task task) => _waiting.Add(task);

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => _waiting;

    private static async Task<EvidenceItem> CountAsync(Func<ValueTask<EvidenceItem>> look)
    {
        var lap = CpuLap.Start();
        try
        {
            return await look().ConfigureAwait(true);
        }
        finally
        {
            CpuTally.Current?.Add(lap.Elapsed);
        }
    }

    private void Run()
    {
        // Of this thread alone (setpriority(2), "C library/kernel differences"). A gate that was started nicer stays so.
        if (OperatingSystem.IsLinux() && getpriority(0, 0) < Niceness)
            _ = setpriority(0, 0, Niceness);
        foreach (var task in _waiting.GetConsumingEnumerable())
            TryExecuteTask(task);
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int getpriority(int which, uint who);

    [DllImport("libc", SetLastError = true)]
    private static extern int setpriority(int which, uint who, int priority);
}
