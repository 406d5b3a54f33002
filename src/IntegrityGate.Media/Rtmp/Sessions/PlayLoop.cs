using IntegrityGate.Core.Packets;

namespace IntegrityGate.Media.Rtmp.Sessions;

/// <summary>Moves packets from a player's queue to its socket, a batch a flush.</summary>
internal sealed class PlayLoop(IPlayback playback, RtmpOutput output, uint stream, IngestLimits limits)
{
    private volatile bool _isPaused;
    private volatile bool _skipsAudio;
    private volatile bool _skipsVideo;

    /// <summary>The message stream that is played.</summary>
    public uint Stream => stream;

    /// <summary>The player asked to pause: a live stream goes on without it.</summary>
    public bool IsPaused { get => _isPaused; set => _isPaused = value; }

    /// <summary>The player wants no audio.</summary>
    public bool SkipsAudio { get => _skipsAudio; set => _skipsAudio = value; }

    /// <summary>The player wants no video.</summary>
    public bool SkipsVideo { get => _skipsVideo; set => _skipsVideo = value; }

    /// <summary>Runs until the stream ends or the player goes.</summary>
    /// <returns>True when the stream ended, false when the player no longer takes anything.</returns>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        while (await playback.ReadAsync(ct).ConfigureAwait(false) is { } packet)
        {
            await EnterAsync(packet, ct).ConfigureAwait(false);
            bool isOpen;
            var isEnd = false;
            try
            {
                Write(packet);
                while (output.Unflushed < limits.SendPauseBytes && playback.TryRead(out var next))
                {
                    if (next is null)
                    {
                        isEnd = true;
                        break;
                    }

                    Write(next);
                }

                isOpen = await output.FlushAsync(ct).ConfigureAwait(false);
            }
            finally
            {
                output.Leave();
            }

            if (!isOpen)
                return false;
            if (isEnd)
                break;
        }

        return true;
    }

    private async ValueTask EnterAsync(MediaPacket packet, CancellationToken ct)
    {
        try
        {
            await output.EnterAsync(ct).ConfigureAwait(false);
        }
        catch
        {
            packet.Release();
            throw;
        }
    }

    private void Write(MediaPacket packet)
    {
        var isSkipped = IsPaused || (packet.Kind == MediaKind.Audio && SkipsAudio) || (packet.Kind == MediaKind.Video && SkipsVideo);
        if (!isSkipped)
            output.WriteMedia(stream, packet, asPublisher: false);
        packet.Release();
    }
}
