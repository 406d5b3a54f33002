using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace IntegrityGate.Looking.Listening;

/// <summary>
/// The tap for sound, beside the one for pictures: holds the newest window and drops the one before, so that listening can never slow
/// forwarding. A bounded channel of one, full-mode drop-oldest.
/// </summary>
internal sealed class AudioMailbox
{
    private readonly Channel<AudioSample> _channel = Channel.CreateBounded<AudioSample>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true, SingleWriter = true },
        static dropped =>
        {
            GateMetrics.AudioWindows.Add(1, new KeyValuePair<string, object?>("outcome", "dropped"));
            dropped.Dispose();
        });

    /// <summary>Puts a window in; the mailbox owns it.</summary>
    public void Put(AudioSample sample)
    {
        if (!_channel.Writer.TryWrite(sample))
            sample.Dispose(); // completed
    }

    /// <summary>Takes the newest window if there is one; the caller owns it.</summary>
    public bool TryTake([NotNullWhen(true)] out AudioSample? sample) => _channel.Reader.TryRead(out sample);

    /// <summary>Waits until there is a window, which a newer one may still replace; false is the end.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _channel.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>No more windows; drops what waits.</summary>
    public void Complete()
    {
        _channel.Writer.TryComplete();
        while (TryTake(out var sample))
            sample.Dispose();
    }
}
