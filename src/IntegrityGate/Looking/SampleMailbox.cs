using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace IntegrityGate.Looking;

/// <summary>
/// The tap: the one place where forwarding meets looking. It holds the newest sample and drops the one before, so looking can
/// never slow forwarding. A bounded channel of one, full-mode drop-oldest.
/// </summary>
public sealed class SampleMailbox
{
    private readonly Channel<Sample> _channel;
    private long _dropped;

    /// <summary>Makes an empty mailbox.</summary>
    public SampleMailbox() =>
        _channel = Channel.CreateBounded<Sample>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true, SingleWriter = true },
            dropped =>
            {
                Interlocked.Increment(ref _dropped);
                dropped.Dispose();
            });

    /// <summary>Samples that a newer one pushed out.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Puts a sample in; the mailbox owns it.</summary>
    public void Put(Sample sample)
    {
        if (!_channel.Writer.TryWrite(sample))
            sample.Dispose(); // completed
    }

    /// <summary>Takes the newest sample if there is one; the caller owns it.</summary>
    public bool TryTake([NotNullWhen(true)] out Sample? sample) => _channel.Reader.TryRead(out sample);

    /// <summary>Waits until there is a sample, which a newer one may still replace; false is the end.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _channel.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>No more samples; drops what waits.</summary>
    public void Complete()
    {
        _channel.Writer.TryComplete();
        while (TryTake(out var sample))
            sample.Dispose();
    }
}
