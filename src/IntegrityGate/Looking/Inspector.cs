using System.Diagnostics;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Telemetry;
using IntegrityGate.Core.Time;
using IntegrityGate.Enforcement.Judging.Inputs;
using IntegrityGate.Looking.Scheduling;
using IntegrityGate.Media.Decoding;

namespace IntegrityGate.Looking;

/// <summary>
/// One stream's looking loop: waits for its turn once a sample is there, takes the newest one from the tap, has it decoded, shows
/// the frame to the detectors and hands the evidence to the judge. A failure of any stage is an inspection gap, never silence.
/// </summary>
internal sealed partial class Inspector(
    StreamId stream,
    SampleMailbox mailbox,
    LookTurns turns,
    DecodePool decoder,
    Looker looker,
    JudgeLoop judge,
    Thumbnail thumbnail,
    TimeProvider time,
    ILogger<Inspector> logger)
{
    private MediaTime? _lastLooked;
    private int _gapOpen;
    private LookSpending _spent;

    /// <summary>Presentation time of the last frame that was looked at; null when there was none.</summary>
    public MediaTime? LastLooked => _lastLooked;

    /// <summary>Frames looked at.</summary>
    public long Looks { get; private set; }

    /// <summary>Frame size of the last look.</summary>
    public (int Width, int Height)? FrameSize { get; private set; }

    /// <summary>Looks until the mailbox is completed.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await mailbox.WaitAsync(cancellationToken))
            {
                await turns.TakeAsync(cancellationToken);
                LookSpending? spent = null;
                try
                {
                    if (!mailbox.TryTake(out var sample))
                        continue;
                    _spent = default;
                    using (sample)
                        await LookAsync(sample, cancellationToken);
                    spent = _spent;
                }
                finally
                {
                    turns.End(spent);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The stream ended.
        }
    }

    private async Task LookAsync(Sample sample, CancellationToken cancellationToken)
    {
        using var span = GateTelemetry.Activities.StartActivity(
            "inspect", ActivityKind.Internal, default(ActivityContext), links: sample.Stream == default ? null : [new ActivityLink(sample.Stream)]);
        span?.SetTag("stream.id", stream.Value);
        span?.SetTag("media.time_ms", sample.At.Milliseconds);
        span?.SetTag("sample.frames", sample.Run.Count);
        var started = time.GetTimestamp();
        Record("wait", time.GetElapsedTime(sample.PickedAt, started));
        try
        {
            var decoded = await DecodeAsync(sample, cancellationToken);
            if (decoded is not DecodeResult.Decoded { Frame: var frame })
            {
                var failure = (DecodeResult.Failed)decoded;
                await ReportGapAsync(sample.At, failure.Fault, failure.Reason);
                return;
            }

            await JudgeAsync(frame, cancellationToken);
            GateMetrics.Looks.Add(1, new KeyValuePair<string, object?>("outcome", "ok"));
            Record("total", time.GetElapsedTime(sample.PickedAt));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            span?.SetStatus(ActivityStatusCode.Error, exception.Message);
            Log.LookFailed(logger, exception, stream.Value);
            await ReportGapAsync(sample.At, GateFault.DetectorFailed, exception.Message);
        }
    }

    private async ValueTask<DecodeResult> DecodeAsync(Sample sample, CancellationToken cancellationToken)
    {
        using var span = GateTelemetry.Activities.StartActivity("decode");
        var started = time.GetTimestamp();
        var result = await decoder.DecodeAsync(new DecodeRequest(stream, sample.Header, sample.Run), cancellationToken);
        Record("decode", time.GetElapsedTime(started));
        _spent[LookStage.Decode] = result.Busy;
        if (result is DecodeResult.Failed failed)
            span?.SetStatus(ActivityStatusCode.Error, failed.Reason);
        return result;
    }

    private async ValueTask JudgeAsync(VideoFrame frame, CancellationToken cancellationToken)
    {
        SampleLooked looked;
        var standing = looker.Standing;
        try
        {
            looked = await looker.LookAsync(frame, cancellationToken);
            var lap = CpuLap.Start();
            thumbnail.Offer(frame);
            _spent[LookStage.Print] = lap.Elapsed;
        }
        catch
        {
            frame.Dispose();
            throw;
        }
        finally
        {
            _spent[LookStage.Synthetic] = looker.Spent[LookStage.Synthetic];
            _spent[LookStage.Text] = looker.Spent[LookStage.Text];
            _spent[LookStage.Print] += looker.Spent[LookStage.Print];
        }

        StreamCostMetrics.Count(standing, _spent.Total, _lastLooked is { } before ? frame.Pts - before : TimeSpan.Zero);
        _lastLooked = frame.Pts;
        Looks++;
        FrameSize = (frame.Width, frame.Height);
        await judge.PostAsync(looked, frame);
        if (Interlocked.Exchange(ref _gapOpen, 0) != 0)
        {
            await judge.PostAsync(new GapEnded(looked.At, time.GetUtcNow()));
        }
    }

    /// <summary>Somebody told the judge of a gap: the next look ends it.</summary>
    public void NoteGap() => Volatile.Write(ref _gapOpen, 1);

    /// <summary>Tells the judge of a stretch that nobody looked at.</summary>
    public async ValueTask ReportGapAsync(MediaTime until, GateFault fault, string reason)
    {
        GateMetrics.Looks.Add(1, new KeyValuePair<string, object?>("outcome", "gap"));
        NoteGap();
        await judge.PostAsync(new GapSeen(until, time.GetUtcNow(), new InspectionGap(_lastLooked ?? MediaTime.Zero, until, fault, reason)));
    }

    private static void Record(string stage, TimeSpan duration) =>
        GateMetrics.LookStage.Record(duration.TotalMilliseconds, new KeyValuePair<string, object?>("stage", stage));

    private static partial class Log
    {
        [LoggerMessage(6200, LogLevel.Error, "Looking at stream {Stream} failed.")]
        public static partial void LookFailed(ILogger logger, Exception exception, string stream);
    }
}
