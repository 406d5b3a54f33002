using System.Diagnostics;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Telemetry;
using IntegrityGate.Detection.Audio;
using IntegrityGate.Enforcement.Judging.Inputs;
using IntegrityGate.Looking.Scheduling;
using IntegrityGate.Media.Decoding.Audio;

namespace IntegrityGate.Looking.Listening;

/// <summary>
/// One stream's listening loop: waits for its turn once a window is there, has it decoded, listens to it and hands the evidence to the judge. A
/// window that cannot be heard is counted; it opens no inspection gap, which is about the picture.
/// </summary>
internal sealed partial class Listener(
    StreamId stream, AudioMailbox mailbox, LookTurns turns, AudioDecoder decoder, AudioListener listener, JudgeLoop judge, TimeProvider time, ILogger<Listener> logger)
{
    /// <summary>Listens until the mailbox is completed.</summary>
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
                    using (sample)
                        spent = await HearAsync(sample, cancellationToken);
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

    private async Task<LookSpending> HearAsync(AudioSample sample, CancellationToken cancellationToken)
    {
        using var span = GateTelemetry.Activities.StartActivity("listen", ActivityKind.Internal);
        span?.SetTag("stream.id", stream.Value);
        span?.SetTag("media.time_ms", sample.Packets[0].Dts.Milliseconds);
        var spent = default(LookSpending);
        var started = time.GetTimestamp();
        try
        {
            var decoded = await decoder.DecodeAsync(new AudioDecodeRequest(stream, sample.Header, sample.Packets, sample.IsStart), cancellationToken);
            spent[LookStage.Audio] = decoded.Busy;
            GateMetrics.AudioStage.Record(decoded.Busy.TotalMilliseconds, new KeyValuePair<string, object?>("stage", "decode"));
            if (decoded is not AudioDecodeResult.Decoded { Window: var window })
            {
                var failure = (AudioDecodeResult.Failed)decoded;
                span?.SetStatus(ActivityStatusCode.Error, failure.Reason);
                Count("failed");
                Log.NotHeard(logger, stream.Value, failure.Fault, failure.Reason);
                return spent;
            }

            using (window)
            {
                var tally = CpuTally.Begin();
                var heard = time.GetTimestamp();
                var reading = await listener.ListenAsync(window, cancellationToken);
                GateMetrics.AudioStage.Record(time.GetElapsedTime(heard).TotalMilliseconds, new KeyValuePair<string, object?>("stage", "listen"));
                spent[LookStage.Audio] += tally.Counted ?? TimeSpan.Zero;
                await JudgeAsync(reading);
            }

            GateMetrics.AudioStage.Record(time.GetElapsedTime(started).TotalMilliseconds, new KeyValuePair<string, object?>("stage", "total"));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            span?.SetStatus(ActivityStatusCode.Error, exception.Message);
            Count("failed");
            Log.ListeningFailed(logger, exception, stream.Value);
        }

        return spent;
    }

    private async ValueTask JudgeAsync(AudioReading reading)
    {
        Count(reading.IsSilent ? "silent" : "heard");
        foreach (var mark in reading.Marks)
            GateMetrics.AudibleMarks.Add(1, new KeyValuePair<string, object?>("kind", mark.Kind == AudibleMarkKind.Rhythm ? "rhythm" : "spoken"));
        await judge.PostAsync(new AudioHeard(reading.At + reading.Length, time.GetUtcNow(), reading));
    }

    private static void Count(string outcome) => GateMetrics.AudioWindows.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    private static partial class Log
    {
        [LoggerMessage(6220, LogLevel.Information, "A window of stream {Stream} could not be heard: {Fault} ({Reason}).")]
        public static partial void NotHeard(ILogger logger, string stream, GateFault fault, string reason);

        [LoggerMessage(6221, LogLevel.Error, "Listening to stream {Stream} failed.")]
        public static partial void ListeningFailed(ILogger logger, Exception exception, string stream);
    }
}
