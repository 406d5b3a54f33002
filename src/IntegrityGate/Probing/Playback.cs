using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Amf;
using IntegrityGate.Media.Rtmp;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.Probing;

/// <summary>Plays back what a probe publishes and compares it with what was sent.</summary>
internal sealed class Playback(RtmpTarget from, RtmpClientOptions options, PacketPool pool, TimeProvider time) : IAsyncDisposable
{
    private readonly HashSet<int> _sent = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _shown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _playing;
    private TimeSpan _firstPicture;
    private string _metadata = "";
    private int _untouched;
    private int _changed;

    /// <summary>True once it plays, or tries to.</summary>
    public bool IsBegun => _playing is not null;

    /// <summary>Notes a packet that was sent.</summary>
    public void Sent(MediaPacket packet)
    {
        lock (_sent)
            _sent.Add(Digest(packet));
    }

    /// <summary>Starts to play.</summary>
    public void Begin(CancellationToken cancellationToken) => _playing = PlayAsync(cancellationToken);

    /// <summary>Waits for a picture and says what came back.</summary>
    /// <exception cref="TimeoutException">None came.</exception>
    public async Task<ProbeStep> EndAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            if (await Task.WhenAny(_shown.Task, _playing!).WaitAsync(timeout, time, cancellationToken) == _playing)
                await _playing;
        }
        catch (TimeoutException)
        {
            return new ProbeStep("play", timeout, "no picture came back", IsOk: false);
        }

        await _stop.CancelAsync();
        await _playing!;
        if (!_shown.Task.IsCompleted)
            return new ProbeStep("play", _firstPicture, "the server ended the stream before a picture came", IsOk: false);
        var what = _changed == 0 ? "byte for byte as sent" : _untouched == 0 ? "re-encoded" : $"{_untouched} as sent, {_changed} re-encoded";
        return new ProbeStep("play", _firstPicture, $"{_untouched + _changed} pictures came back, {what}{_metadata}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_playing is not null)
            await _playing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task PlayAsync(CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        var started = time.GetTimestamp();
        try
        {
            await using var player = await RtmpClient.PlayAsync(from, options, pool, time, NullLogger.Instance, both.Token);
            while (await player.ReadAsync(both.Token) is { } packet)
            {
                if (packet is { Kind: MediaKind.Video, IsSequenceHeader: false } && packet.Payload.Length > 5)
                {
                    if (_untouched + _changed == 0)
                        _firstPicture = time.GetElapsedTime(started);
                    Count(packet);
                    _shown.TrySetResult();
                }
                else if (packet.Kind == MediaKind.Data && OnMetaData.TryParse(packet.Payload.Span, out var metadata) && metadata.TryFind("AIGC", out _))
                {
                    _metadata = ", metadata says AI-generated";
                }

                packet.Release();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Enough was seen.
        }
    }

    private void Count(MediaPacket packet)
    {
        bool isKnown;
        lock (_sent)
            isKnown = _sent.Contains(Digest(packet));
        if (isKnown)
            _untouched++;
        else
            _changed++;
    }

    private static int Digest(MediaPacket packet)
    {
        var hash = default(HashCode);
        hash.AddBytes(packet.Payload.Span);
        return hash.ToHashCode();
    }
}
