using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Looking.Scheduling;
using IntegrityGate.Streams;

namespace IntegrityGate.Looking.Listening;

/// <summary>A stream's ear: the tap on its sound, the mailbox behind it and the loop that listens.</summary>
internal sealed class Ear : IAsyncDisposable
{
    private readonly AudioMailbox _mailbox = new();
    private readonly AudioTap _tap;
    private readonly LookTurns _turns;
    private readonly Task _listening;

    private Ear(StreamId stream, SessionParts parts, JudgeLoop judge, Func<bool> isPaused, CancellationToken stop)
    {
        var inspection = parts.Options.Inspection;
        var hearing = parts.Hearing!;
        _turns = parts.Scheduler.Join(inspection.Audio.Interval);
        _tap = new AudioTap(
            _mailbox,
            inspection.Audio.Interval,
            inspection.Audio.Window,
            inspection.Timing.Jitter,
            inspection.Seed is { } seed ? Chance.Seeded(seed, stream) : Chance.Unpredictable(),
            isPaused,
            parts.Scheduler.Planned);
        var listener = new Listener(stream, _mailbox, _turns, hearing.Decoder, hearing.Listener, judge, parts.Time, parts.Loggers.CreateLogger<Listener>());
        _listening = Task.Run(() => listener.RunAsync(stop), CancellationToken.None);
    }

    /// <summary>Opens a stream's ear; null when its sound is not listened to.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="parts">Settings and what is shared.</param>
    /// <param name="judge">Told what is heard.</param>
    /// <param name="isPaused">True while nobody looks.</param>
    /// <param name="stop">Ends the listening.</param>
    public static Ear? Open(StreamId stream, SessionParts parts, JudgeLoop judge, Func<bool> isPaused, CancellationToken stop) =>
        parts.Hearing is not null && parts.Options.Inspection is { Enabled: true, Audio.Enabled: true } ? new Ear(stream, parts, judge, isPaused, stop) : null;

    /// <summary>Sees a packet pass; borrows it.</summary>
    public void See(MediaPacket packet) => _tap.See(packet);

    /// <summary>Waits until the listening, which was told to stop, has stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        _mailbox.Complete();
        await _listening;
        _tap.Dispose();
        _turns.Dispose();
    }
}
