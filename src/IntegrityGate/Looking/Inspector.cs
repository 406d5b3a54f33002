using System.Diagnostics;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Telemetry;
using IntegrityGate.Core.Time;
using IntegrityGate.Enforcement.Judging.Inputs;
using IntegrityGate.Media.Decoding;

namespace IntegrityGate.Looking;

/// <summary>
/// One stream's looking loop: takes the newest sample from the tap, has it decoded, shows the frame to the detectors and
/// hands the evidence to the judge. A failure of any stage is an inspection gap, never silence.
/// </summary>
internal sealed partial class Inspector(
    StreamId stream, SampleMailbox mailbox, DecodePool decoder, Looker looker, JudgeLoop judge, Thumbnail thumbnail, TimeProvider time, ILogger<Inspector> logger)
{
    private MediaTime? _lastLooked;
    private bool _gapOpen;

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
            while (await mailbox.TakeAsync(cancellationToken) is { } sample)
            {
                using (sample)
                    await LookAsync(sample, cancellationToken);
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
        if (result is DecodeResult.Failed failed)
            span?.SetStatus(ActivityStatusCode.Error, failed.Reason);
        return result;
    }

    private async ValueTask JudgeAsync(VideoFrame frame, CancellationToken cancellationToken)
    {
        SampleLooked looked;
        try
        {
            looked = await looker.LookAsync(frame, cancellationToken);
            thumbnail.Offer(frame);
        }
        catch
        {
            frame.Dispose();
            throw;
        }

        _lastLooked = frame.Pts;
        Looks++;
        FrameSize = (frame.Width, frame.Height);
        await judge.PostAsync(looked, frame);
        if (_gapOpen)
        {
            _gapOpen = false;
            await judge.PostAsync(new GapEnded(looked.At, time.GetUtcNow()));
        }
    }

    /// <summary>Tells the judge of a stretch that nobody looked at.</summary>
    public async ValueTask ReportGapAsync(MediaTime until, GateFault fault, string reason)
    {
        GateMetrics.Looks.Add(1, new KeyValuePair<string, object?>("outcome", "gap"));
        _gapOpen = true;
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
