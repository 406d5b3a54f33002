using System.Diagnostics.Metrics;
using IntegrityGate.Core.Telemetry;
using IntegrityGate.Detection.Models;
using IntegrityGate.Detection.Runtime;
using Microsoft.Extensions.Logging;

namespace IntegrityGate.Detection;

/// <summary>
/// Looks at the models folder now and then. Changed packs are loaded beside those in force and must pass their selftests; then they are
/// put in force for all streams. Packs that cannot be used change nothing but the log and a counter.
/// </summary>
public sealed partial class ModelFolderWatch : IDisposable
{
    private static readonly Counter<long> s_reloads = GateTelemetry.Meter.CreateCounter<long>(
        "integritygate.models.reloads", "{folder}", "Changed models folders, taken or refused.");

    private readonly DetectorSet _detectors;
    private readonly string _folder;
    private readonly ILogger _logger;
    private readonly LookThreads _thread = new(1);
    private readonly ITimer _timer;
    private string _inForce = "";
    private string _seen = "";
    private string _refused = "";

    /// <summary>Begins to look.</summary>
    /// <param name="detectors">What the folder is for.</param>
    /// <param name="interval">How often the folder is looked at, above zero.</param>
    /// <param name="time">Clock.</param>
    /// <param name="logger">For what was taken or refused.</param>
    public ModelFolderWatch(DetectorSet detectors, TimeSpan interval, TimeProvider time, ILogger<ModelFolderWatch> logger)
    {
        _detectors = detectors;
        _folder = detectors.Catalog.Folder;
        _logger = logger;
        _timer = time.CreateTimer(static watch => ((ModelFolderWatch)watch!).Begin(), this, interval, interval);
    }

    /// <summary>The look under way, or the last one.</summary>
    internal Task Looking { get; private set; } = Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        _thread.Dispose();
    }

    // Loading computes for a second: on a thread that yields to all others, not on the timer's.
    private void Begin()
    {
        if (!Looking.IsCompleted)
            return;
        try
        {
            Looking = Task.Factory.StartNew(Look, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _thread);
        }
        catch (TaskSchedulerException)
        {
            // The watch was disposed at the same moment.
        }
    }

    private void Look()
    {
        try
        {
            var stamp = ModelFolderStamp.Of(_folder);
            if (stamp == _inForce)
                (_seen, _refused) = (stamp, "");
            else if (stamp != _refused)
                Take(stamp);
        }
#pragma warning disable CA1031 // a timer's edge: the models in force go on, and the next look may go better
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.LookFailed(_logger, exception, _folder);
        }
    }

    // Files are copied one after another, so a folder that cannot be used is complained of, once, when the next look finds it unchanged.
    private void Take(string stamp)
    {
        try
        {
            var changed = _detectors.Reload();
            (_inForce, _seen, _refused) = (stamp, stamp, "");
            if (!changed)
                return;
            s_reloads.Add(1, new KeyValuePair<string, object?>("outcome", "taken"));
            Log.Taken(_logger, _folder, string.Join(", ", _detectors.Models.Select(m => $"{m.Name} {m.Version} ({m.Sha256})")));
        }
        catch (ModelPackException exception)
        {
            var isSettled = stamp == _seen;
            _seen = stamp;
            if (!isSettled)
                return;
            _refused = stamp;
            s_reloads.Add(1, new KeyValuePair<string, object?>("outcome", "refused"));
            Log.Refused(_logger, _folder, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3020, LogLevel.Information, "The models in {Folder} changed; from the next look of each stream on these are in force: {Models}.")]
        public static partial void Taken(ILogger logger, string folder, string models);

        [LoggerMessage(3021, LogLevel.Error, "The changed models in {Folder} cannot be used and the old ones go on: {Errors}")]
        public static partial void Refused(ILogger logger, string folder, string errors);

        [LoggerMessage(3022, LogLevel.Error, "The models in {Folder} could not be looked at.")]
        public static partial void LookFailed(ILogger logger, Exception exception, string folder);
    }
}
