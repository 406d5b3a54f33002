using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Telemetry;
using IntegrityGate.Detection.Logos;
using IntegrityGate.Detection.Replays;
using IntegrityGate.Detection.Synthetic;
using IntegrityGate.Enforcement.Judging;
using IntegrityGate.Enforcement.Judging.Inputs;
using IntegrityGate.Looking.Scheduling;

namespace IntegrityGate.Looking;

/// <summary>
/// Shows a frame to the detectors: the synthetic-frame detector each time, the text reader when the judge wants the label's
/// state; and takes its print, by which a picture that comes again is recognised. The same code for live streams and for scanned files.
/// </summary>
internal sealed class Looker(IDetector? synthetic, IDetector? text, Func<string> newEvidenceId, TimeProvider time, PicturePrinter? printer = null)
{
    private int _readText = 1;
    private int _standing;
    private LookSpending _spent;

    /// <summary>CPU time that the last look took; for whoever runs the looks.</summary>
    public LookSpending Spent => _spent;

    /// <summary>Looks for logos at each look; null to look for none.</summary>
    public LogoFinder? Logos { get; init; }

    /// <summary>Whether the next look reads text; set from the judge's advice.</summary>
    public bool ReadText
    {
        get => Volatile.Read(ref _readText) != 0;
        set => Volatile.Write(ref _readText, value ? 1 : 0);
    }

    /// <summary>What is held of the stream; set from the judge's advice. A clean stream's frames are scored by the sentinel first.</summary>
    public LookStanding Standing
    {
        get => (LookStanding)Volatile.Read(ref _standing);
        set => Volatile.Write(ref _standing, (int)value);
    }

    /// <summary>Looks at a frame; borrows it.</summary>
    public async ValueTask<SampleLooked> LookAsync(VideoFrame frame, CancellationToken cancellationToken)
    {
        _spent = default;
        if (synthetic is CascadeDetector cascade)
            cascade.SentinelFirst = Standing == LookStanding.Clean;
        var score = synthetic is null ? null : await RunAsync("synthetic", LookStage.Synthetic, synthetic, frame, cancellationToken);
        var reading = text is null || !ReadText ? null : await RunAsync("text", LookStage.Text, text, frame, cancellationToken);
        var print = printer is null ? null : await PrintAsync(printer, frame, cancellationToken);
        return new SampleLooked(frame.Pts, time.GetUtcNow(), score as SyntheticScore, reading as TextReading, newEvidenceId()) { Print = print, Logos = await FindLogosAsync(frame, cancellationToken) };
    }

    private async ValueTask<LogoReading?> FindLogosAsync(VideoFrame frame, CancellationToken cancellationToken)
    {
        if (Logos is null)
            return null;
        var tally = CpuTally.Begin();
        var reading = await Logos.FindAsync(frame, cancellationToken);
        _spent[LookStage.Print] += tally.Counted ?? TimeSpan.Zero;
        return reading;
    }

    private async ValueTask<PicturePrint> PrintAsync(PicturePrinter printer, VideoFrame frame, CancellationToken cancellationToken)
    {
        var tally = CpuTally.Begin();
        var print = await printer.PrintAsync(frame, cancellationToken);
        _spent[LookStage.Print] += tally.Counted ?? TimeSpan.Zero;
        return print;
    }

    private async ValueTask<EvidenceItem> RunAsync(string stage, LookStage spending, IDetector detector, VideoFrame frame, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var lap = CpuLap.Start();
        var tally = CpuTally.Begin();
        var evidence = await detector.InspectAsync(frame, cancellationToken);
        _spent[spending] += tally.Counted ?? lap.Elapsed;
        GateMetrics.LookStage.Record(time.GetElapsedTime(started).TotalMilliseconds, new KeyValuePair<string, object?>("stage", stage));
        return evidence;
    }
}
