using System.Threading.Channels;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Labels;
using IntegrityGate.Media.Codecs;

namespace IntegrityGate.Media.Splicing;

/// <summary>Starts a stream's encoders, one of them ahead of need, and remembers which are alive.</summary>
internal sealed class EncoderFactory(ILabelPainter painter, SpliceOptions options, ChannelWriter<SpliceMessage> inbox)
{
    private readonly HashSet<LabelEncoder> _alive = [];
    private LabelEncoder? _prepared;

    /// <summary>Starts an encoder for the next IDR, so that its process is up when the IDR comes. Another one that waits is ended.</summary>
    public void Prepare(ActiveVideo video, StampDirective directive, VideoMeter meter)
    {
        if (_prepared is { } waiting && Fits(waiting, video, directive))
            return;
        Discard();
        _prepared = Start(SetupFor(video, directive, meter));
    }

    /// <summary>Gives the waiting encoder when it fits, otherwise a fresh one.</summary>
    public LabelEncoder Take(ActiveVideo video, StampDirective directive, VideoMeter meter)
    {
        if (_prepared is { } waiting && Fits(waiting, video, directive))
        {
            _prepared = null;
            return waiting;
        }

        Discard();
        return Start(SetupFor(video, directive, meter));
    }

    /// <summary>Starts an encoder that finishes another one's GOP.</summary>
    public LabelEncoder Resume(EncoderSetup setup, long firstDts, long firstPts) =>
        Start(setup with { Resume = new EncoderSetup.Resumption(firstDts, firstPts) });

    /// <summary>Ends the waiting encoder.</summary>
    public void Discard()
    {
        _prepared?.Kill();
        _prepared = null;
    }

    /// <summary>An encoder has ended.</summary>
    /// <returns>True when it was the waiting one.</returns>
    public bool Remove(LabelEncoder encoder)
    {
        _alive.Remove(encoder);
        if (!ReferenceEquals(_prepared, encoder))
            return false;
        _prepared = null;
        return true;
    }

    /// <summary>Ends all encoders and waits for their processes.</summary>
    public async ValueTask DisposeAllAsync()
    {
        foreach (var encoder in _alive)
            encoder.Kill();
        foreach (var encoder in _alive)
            await encoder.DisposeAsync().ConfigureAwait(false);
        _alive.Clear();
    }

    private LabelEncoder Start(EncoderSetup setup)
    {
        var encoder = new LabelEncoder(setup, painter, options, inbox);
        _alive.Add(encoder);
        return encoder;
    }

    private static bool Fits(LabelEncoder encoder, ActiveVideo video, StampDirective directive) =>
        encoder.Setup.Directive == directive && encoder.Setup.Video.Matches(video);

    private EncoderSetup SetupFor(ActiveVideo video, StampDirective directive, VideoMeter meter)
    {
        var rate = meter.RateBps;
        if (rate == 0)
        {
            // Nothing measured yet: a tenth of a bit a pixel, 6 Mbit/s for 1080p30, is what live encoders are usually set to.
            var frames = video.Rate is { } stated ? (double)stated.Numerator / stated.Denominator : 30;
            rate = (long)((long)video.Width * video.Height * frames / 10);
        }

        // What a settled stream has not shown it does not do; before that, the set's own bound holds.
        var reorder = video.StatedReorder ?? (meter.IsSettled ? meter.ReorderDepth : video.ReorderBound);
        return new EncoderSetup(video, directive, Math.Max(options.MinRateBps, (long)(rate * options.RateHeadroom)), meter.FramesPerSecond, Math.Max(reorder, meter.ReorderDepth));
    }
}
