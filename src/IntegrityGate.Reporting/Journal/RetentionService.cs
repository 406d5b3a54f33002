using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IntegrityGate.Reporting.Journal;

/// <summary>Applies retention at start and then at its interval. It also opens the journal with the host, so that a journal that cannot be opened stops the start.</summary>
internal sealed partial class RetentionService(SqliteJournal journal, ReportingOptions options, TimeProvider time, ILogger<RetentionService> logger)
    : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Journal.PurgeInterval, time);
        try
        {
            do
            {
                try
                {
                    await journal.PurgeAsync(stoppingToken);
                }
                catch (JournalException exception)
                {
                    Log.Failed(logger, exception.Message);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gate stops.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(5020, LogLevel.Error, "Retention could not be applied and is tried again at the next interval: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
