using System.Diagnostics.CodeAnalysis;
using FFMpegCore;

namespace IntegrityGate.Media.Ffmpeg;

/// <summary>
/// One ffmpeg process under FFMpegCore, with its pipes lent to the owner. Untrusted bits are decoded in there, where a crash
/// costs one process. Ending it is always by kill: a process that hangs does not answer a polite request.
/// </summary>
internal sealed class FfmpegProcess : IAsyncDisposable
{
    private const int TailLines = 12;
    private const int TailLineLength = 300;

    private readonly CancellationTokenSource _kill = new();
    private readonly Queue<string> _tail = new();
    private readonly FfmpegRun _run;
    private int _complaints;

    private FfmpegProcess(FfmpegRun run)
    {
        _run = run;
        Input = run.PipedFormat is { } format ? new LentPipe(format) : null;
        Output = new LentPipe(run.OutputFormat);
        Exit = Task.Run(RunAsync);
    }

    /// <summary>The end to write into; null when the input is a file.</summary>
    public LentPipe? Input { get; }

    /// <summary>The end to read from.</summary>
    public LentPipe Output { get; }

    /// <summary>Ends when the process has ended, with its exit code; -1 when it was killed or could not be started. Never fails.</summary>
    public Task<int> Exit { get; }

    /// <summary>True when the process has complained more often than its budget allows.</summary>
    public bool IsNoisy => Volatile.Read(ref _complaints) > _run.ComplaintBudget;

    /// <summary>The last lines of complaint, for a reason in a log or an incident; bounded.</summary>
    public string Complaints
    {
        get
        {
            lock (_tail)
                return string.Join(" | ", _tail);
        }
    }

    /// <summary>Starts a process; returns at once.</summary>
    public static FfmpegProcess Start(FfmpegRun run) => new(run);

    /// <summary>Ends the process at once; returns before it has ended.</summary>
    public void Kill() => _ = KillAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync().ConfigureAwait(false);
        Input?.Close();
        Output.Close();
        await Exit.ConfigureAwait(false);
        _kill.Dispose();
    }

    private async Task KillAsync()
    {
        try
        {
            await _kill.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is AggregateException or ObjectDisposedException)
        {
            // FFMpegCore asks the process to quit before it kills it, and a process that has just died breaks that pipe.
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever the library throws, the owner learns that the process is gone and why.")]
    private async Task<int> RunAsync()
    {
        try
        {
            var input = Input is { } pipe
                ? FFMpegArguments.FromPipeInput(pipe, options => options.WithCustomArgument(_run.InputOptions))
                : FFMpegArguments.FromUrlInput(_run.Input!, options => options.WithCustomArgument(_run.InputOptions));
            var result = await input
                .OutputToPipe(Output, options => options.WithCustomArgument(_run.OutputOptions))
                .CancellableThrough(_kill.Token, TimeSpan.Zero)
                .NotifyOnStandardError(OnComplaint)
                .ProcessAsynchronously(throwOnError: false, new FFOptions { BinaryFolder = _run.Folder })
                .ConfigureAwait(false);
            return result.Cancelled ? -1 : result.ExitCode;
        }
        catch (Exception error)
        {
            OnComplaint(error.Message);
            return -1;
        }
        finally
        {
            Input?.Close();
            Output.Close();
        }
    }

    private void OnComplaint(string line)
    {
        if (Interlocked.Increment(ref _complaints) > 4 * _run.ComplaintBudget)
            Kill();
        lock (_tail)
        {
            if (_tail.Count == TailLines)
                _tail.Dequeue();
            _tail.Enqueue(line.Length > TailLineLength ? line[..TailLineLength] : line);
        }
    }
}
