using System.Diagnostics;
using System.Threading.Channels;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Telemetry;
using IntegrityGate.Detection.Pictures;
using IntegrityGate.Enforcement.Judging;
using IntegrityGate.Enforcement.Judging.Inputs;

namespace IntegrityGate.Looking;

/// <summary>
/// One stream's judgement: a single reader over a bounded channel, so that the judge needs no locks. Every change is in the
/// journal before anything is done about it.
/// </summary>
internal sealed partial class JudgeLoop : IAsyncDisposable
{
    // A stream has a look a few times a second at most, and a handful of claims: 256 waiting inputs mean the journal hangs,
    // and then whoever asks must wait (full-mode Wait).
    private const int QueueLength = 256;

    private readonly Channel<Entry> _inputs = Channel.CreateBounded<Entry>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly Judge _judge;
    private readonly IIncidentSink _sink;
    private readonly Action<Judgement> _apply;
    private readonly ILogger _logger;
    private readonly Task _loop;

    /// <param name="judge">The stream's judge; nobody else may touch it.</param>
    /// <param name="sink">The journal.</param>
    /// <param name="apply">Called on the loop after each judgement, once its changes are durable.</param>
    /// <param name="logger">For a journal that fails.</param>
    public JudgeLoop(Judge judge, IIncidentSink sink, Action<Judgement> apply, ILogger<JudgeLoop> logger)
    {
        _judge = judge;
        _sink = sink;
        _apply = apply;
        _logger = logger;
        _loop = Task.Run(RunAsync);
    }

    private readonly record struct Entry(JudgeInput Input, VideoFrame? Frame, ActivityContext Parent, TaskCompletionSource<Judgement>? Answer);

    /// <summary>Inputs waiting.</summary>
    public int Waiting => _inputs.Reader.Count;

    /// <summary>Gives the judge an input; the loop owns the frame from here.</summary>
    public async ValueTask PostAsync(JudgeInput input, VideoFrame? frame = null)
    {
        try
        {
            await _inputs.Writer.WriteAsync(new Entry(input, frame, Activity.Current?.Context ?? default, null));
        }
        catch (ChannelClosedException)
        {
            frame?.Dispose(); // the stream ended
        }
    }

    /// <summary>Gives an input without waiting; false when the queue is full or the stream ended.</summary>
    public bool TryPost(JudgeInput input) => _inputs.Writer.TryWrite(new Entry(input, null, default, null));

    /// <summary>Gives an input and waits for the judgement; the loop owns the frame from here.</summary>
    /// <exception cref="InvalidOperationException">The stream ended.</exception>
    public async Task<Judgement> AskAsync(JudgeInput input, VideoFrame? frame, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<Judgement>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _inputs.Writer.WriteAsync(new Entry(input, frame, Activity.Current?.Context ?? default, answer), cancellationToken);
        }
        catch (ChannelClosedException)
        {
            frame?.Dispose();
            throw new InvalidOperationException("The stream has ended.");
        }

        return await answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Judges what waits, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _inputs.Writer.TryComplete();
        await _loop;
    }

    private async Task RunAsync()
    {
        await foreach (var entry in _inputs.Reader.ReadAllAsync())
        {
            using var span = entry.Parent == default ? null : GateTelemetry.Activities.StartActivity("judge", ActivityKind.Internal, entry.Parent);
            try
            {
                var judgement = _judge.Apply(entry.Input);
                span?.SetTag("verdict.tier", judgement.Verdict.Tier.ToString());
                await JournalAsync(judgement, entry);
                _apply(judgement);
                entry.Answer?.TrySetResult(judgement);
            }
            catch (Exception exception)
            {
                // The stream goes on whatever the judge or the journal does; the next input is judged again.
                Log.JudgingFailed(_logger, exception, entry.Input.GetType().Name);
                entry.Answer?.TrySetException(exception);
            }
            finally
            {
                entry.Frame?.Dispose();
            }
        }
    }

    private async ValueTask JournalAsync(Judgement judgement, Entry entry)
    {
        var frame = judgement.Look.KeepEvidence ? entry.Frame : null;
        foreach (var change in judgement.Changes)
        {
            EvidencePicture? picture = null;
            if (frame is not null && entry.Input is SampleLooked { EvidenceId: { } id } && change.Incident.EvidenceIds.Contains(id))
            {
                picture = new EvidencePicture(id, frame.Pts, frame.Width, frame.Height, FrameJpeg.Encode(frame));
                frame = null; // one picture is stored once
            }

            try
            {
                await _sink.WriteAsync(change, picture, CancellationToken.None);
                GateMetrics.IncidentChanges.Add(1, new("kind", change.Kind.ToString().ToLowerInvariant()), new("violation", change.Incident.Violation));
            }
            catch (IOException exception)
            {
                Log.JournalFailed(_logger, exception, change.Incident.Id);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6100, LogLevel.Error, "Judging a {Input} failed.")]
        public static partial void JudgingFailed(ILogger logger, Exception exception, string input);

        [LoggerMessage(6101, LogLevel.Error, "Incident {Incident} could not be journalled; enforcement goes on.")]
        public static partial void JournalFailed(ILogger logger, Exception exception, string incident);
    }
}
