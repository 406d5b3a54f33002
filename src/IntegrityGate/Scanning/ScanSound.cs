using IntegrityGate.Core.Audio;
using IntegrityGate.Core.Time;
using IntegrityGate.Detection.Audio;
using IntegrityGate.Enforcement.Judging.Inputs;
using IntegrityGate.Looking;
using IntegrityGate.Looking.Listening;
using IntegrityGate.Media.Decoding.Audio;

namespace IntegrityGate.Scanning;

/// <summary>Listens to all of a file's sound, in step with its pictures, by the code that listens to live streams.</summary>
internal sealed class ScanSound : IAsyncDisposable
{
    private readonly AudioListener _listener;
    private readonly IAsyncEnumerator<AudioWindow> _windows;
    private AudioWindow? _next;
    private bool _ended;

    private ScanSound(AudioListener listener, IAsyncEnumerator<AudioWindow> windows)
    {
        _listener = listener;
        _windows = windows;
    }

    /// <summary>Opens a file's sound.</summary>
    public static ScanSound Open(AudioListener listener, string input, TimeSpan window, CancellationToken cancellationToken) =>
        new(listener, new FileAudioSource().ReadAsync(input, window, AudioTap.OverlapOf(window), cancellationToken).GetAsyncEnumerator(cancellationToken));

    /// <summary>Listens to what ends up to a moment, and tells the judge.</summary>
    /// <param name="judge">Told what is heard.</param>
    /// <param name="until">The moment; null for the end.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Media.Decoding.MediaUnreadableException">The sound cannot be read.</exception>
    public async Task HearAsync(JudgeLoop judge, MediaTime? until, CancellationToken cancellationToken)
    {
        while (await PeekAsync() is { } window && (until is null || window.At + window.Duration <= until))
        {
            _next = null;
            using (window)
            {
                var reading = await _listener.ListenAsync(window, cancellationToken);
                await judge.AskAsync(new AudioHeard(reading.At + reading.Length, TimeProvider.System.GetUtcNow(), reading), null, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _next?.Dispose();
        await _windows.DisposeAsync();
    }

    private async ValueTask<AudioWindow?> PeekAsync()
    {
        if (_next is null && !_ended)
        {
            _ended = !await _windows.MoveNextAsync();
            _next = _ended ? null : _windows.Current;
        }

        return _next;
    }
}
