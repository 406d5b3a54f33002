using FFMpegCore.Pipes;

namespace IntegrityGate.Media.Ffmpeg;

/// <summary>
/// The end of an ffmpeg process's input, lent to whoever drives the process: FFMpegCore opens it and keeps it open until
/// <see cref="Close"/> is called or the process ends, so that the driver can write at its own pace.
/// </summary>
/// <param name="format">The container's name for <c>-f</c>, or empty.</param>
internal sealed class LentPipe(string format) : IPipeSource
{
    private readonly TaskCompletionSource<Stream> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The stream, once ffmpeg has connected; cancelled when the process ended first.</summary>
    public Task<Stream> Opened => _opened.Task;

    /// <summary>Ends the loan: ffmpeg sees the end of its input.</summary>
    public void Close()
    {
        _opened.TrySetCanceled();
        _closed.TrySetResult();
    }

    /// <inheritdoc/>
    public string GetStreamArguments() => format.Length == 0 ? "" : "-f " + format;

    /// <inheritdoc/>
    public async Task WriteAsync(Stream outputStream, CancellationToken cancellationToken)
    {
        _opened.TrySetResult(outputStream);
        try
        {
            await _closed.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The process ended; whoever writes sees the broken pipe.
        }
    }
}
