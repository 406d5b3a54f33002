using System.Diagnostics;
using IntegrityGate.Core.Audio;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Telemetry;
using IntegrityGate.Detection.Runtime;
using IntegrityGate.Detection.Voice;

namespace IntegrityGate.Detection.Audio;

/// <summary>
/// Listens to windows of sound: labels for the ear (GB 45438-2025 5.3), speech, and a voice's being synthetic when there is a detector for
/// it. Shared by all streams and safe for several threads; works on threads of its own, after all others in the system's order.
/// </summary>
public sealed class AudioListener : IDisposable
{
    private readonly AudioListenerOptions _options;
    private readonly SyntheticVoiceDetector? _voice;
    private readonly SlotPool<Slot> _slots;
    private readonly LookThreads _threads;

    /// <param name="options">Tolerances.</param>
    /// <param name="clips">The operator's spoken labels, at most <see cref="AudioListenerOptions.MaxClips"/>.</param>
    /// <param name="voice">The synthetic-voice detector, which is the listener's from here; null when there is none.</param>
    public AudioListener(AudioListenerOptions options, IReadOnlyList<SpokenClip> clips, SyntheticVoiceDetector? voice)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clips.Count, AudioListenerOptions.MaxClips);
        _options = options;
        _voice = voice;
        Clips = clips;
        _threads = new LookThreads(options.Concurrency);
        _slots = new SlotPool<Slot>(options.Concurrency, () => new Slot(options, clips));
    }

    /// <summary>The spoken labels that are looked for.</summary>
    public IReadOnlyList<SpokenClip> Clips { get; }

    /// <summary>The model that judges voices; null when there is none.</summary>
    public ModelReference? VoiceModel => _voice?.Model;

    /// <summary>Listens to a window; borrows it.</summary>
    /// <returns>What was heard.</returns>
    public ValueTask<AudioReading> ListenAsync(AudioWindow window, CancellationToken cancellationToken) => new(
        Task.Factory.StartNew(() => CountAsync(window, cancellationToken), cancellationToken, TaskCreationOptions.DenyChildAttach, _threads).Unwrap());

    /// <inheritdoc/>
    public void Dispose()
    {
        _threads.Dispose();
        _slots.Dispose();
        _voice?.Dispose();
    }

    private async Task<AudioReading> CountAsync(AudioWindow window, CancellationToken cancellationToken)
    {
        var lap = CpuLap.Start();
        var slot = await _slots.TakeAsync(cancellationToken).ConfigureAwait(true);
        try
        {
            return Listen(window, slot);
        }
        finally
        {
            _slots.Give(slot);
            CpuTally.Current?.Add(lap.Elapsed);
        }
    }

    private AudioReading Listen(AudioWindow window, Slot slot)
    {
        var samples = window.Samples;
        var level = SpeechGate.LevelOf(samples);
        if (level < SpeechGate.SilenceDb)
            return new AudioReading(window.At, window.Duration, level, 0, [], null) { IsSilent = true };
        var since = Stopwatch.GetTimestamp();
        slot.Picture.Read(samples);
        since = DetectionTelemetry.Record("audio", "prepare", since);
        var marks = new List<AudibleMark>();
        slot.Rhythm.Find(slot.Picture, window.At, window.IsStart, marks);
        since = DetectionTelemetry.Record("audio", "rhythm", since);
        slot.Clips.Find(slot.Picture, window.At, marks);
        since = DetectionTelemetry.Record("audio", "clips", since);
        marks.Sort(static (one, other) => one.At.CompareTo(other.At));
        var speech = slot.Speech.Measure(samples, slot.Picture);
        since = DetectionTelemetry.Record("audio", "speech", since);
        SyntheticScore? score = null;
        if (_voice is not null && speech >= _options.MinSpeechShare)
        {
            score = _voice.Score(window, SoundFingerprint.Of(slot.Picture));
            DetectionTelemetry.Record("audio", "voice", since);
        }

        return new AudioReading(window.At, window.Duration, level, speech, marks, score) { IsSilent = false };
    }

    private sealed class Slot(AudioListenerOptions options, IReadOnlyList<SpokenClip> clips) : IDisposable
    {
        public SoundPicture Picture { get; } = new();

        public RhythmDetector Rhythm { get; } = new(options.Rhythm);

        public ClipMatcher Clips { get; } = new(clips);

        public SpeechGate Speech { get; } = new();

        public void Dispose()
        {
            // Memory only.
        }
    }
}
