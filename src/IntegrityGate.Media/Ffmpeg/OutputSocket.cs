using System.Net.Sockets;

namespace IntegrityGate.Media.Ffmpeg;

/// <summary>
/// The end that an ffmpeg process writes into: a Unix socket of ours, named to ffmpeg as its output URL. FFMpegCore's own
/// output pipe is closed the moment the process ends, with whatever its reader has not taken yet; here the reader gets every
/// byte and then the end, however late it comes.
/// </summary>
internal sealed class OutputSocket : IDisposable
{
    private readonly string _path = Path.Combine(ProcessFolder.Path, $"{Guid.NewGuid():N}.sock");
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Listens at once, so that the process can be started.</summary>
    public OutputSocket()
    {
        _listener.Bind(new UnixDomainSocketEndPoint(_path));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _listener.Listen(1);
        Opened = AcceptAsync();
    }

    /// <summary>What ffmpeg calls it.</summary>
    public string Url => "unix:" + _path;

    /// <summary>The stream, once ffmpeg has connected; cancelled when it never will. It ends where ffmpeg's output ends.</summary>
    public Task<Stream> Opened { get; }

    /// <summary>Stops waiting for a process that is gone; a stream that is open stays so.</summary>
    public void GiveUp() => _stop.Cancel();

    /// <summary>Closes the stream: a process that still writes sees a broken output.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        if (Opened.IsCompletedSuccessfully)
            Opened.Result.Dispose();
        _stop.Dispose();
    }

    private async Task<Stream> AcceptAsync()
    {
        try
        {
            return new NetworkStream(await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false), ownsSocket: true);
        }
        finally
        {
            _listener.Dispose();
            File.Delete(_path);
        }
    }
}
