using IntegrityGate.Access;
using IntegrityGate.Configuration;
using IntegrityGate.Core.Labels;
using IntegrityGate.Core.Streams;
using IntegrityGate.Detection;
using IntegrityGate.Media.Ffmpeg;
using IntegrityGate.Streams;

namespace IntegrityGate.Hosting;

/// <summary>
/// Makes at start what would otherwise fail at the first publisher: models are loaded and tested, the font is found, the
/// secret is read. A gate that says it is ready is ready.
/// </summary>
internal sealed partial class StartUp(IServiceProvider services, ILogger<StartUp> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (ProcessFolder.Sweep() is > 0 and var swept)
            Log.Swept(logger, swept);
        services.GetRequiredService<SessionFactory>();
        services.GetRequiredService<StreamIdentities>();
        services.GetRequiredService<PublishAccess>();
        services.GetRequiredService<StreamMetrics>();
        services.GetService<ModelFolderWatch>();
        PaintLabels(services.GetRequiredService<ILabelPainter>(), services.GetRequiredService<LiveOptions>().Current);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The ports close after this; whoever asks for readiness meanwhile hears no.
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var shutdown = services.GetRequiredService<LiveOptions>().Current.Options.Shutdown;
        if (shutdown.Delay > TimeSpan.Zero)
            await Task.Delay(shutdown.Delay, services.GetRequiredService<TimeProvider>(), cancellationToken);
        await Task.WhenAll(services.GetRequiredService<StreamRegistry>().Live.Select(s => s.StopWaitingAsync(GateFault.GateShutdown, "the gate shuts down")));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The font has every glyph, and the label of all packs together has room on the smallest usual picture, upright too.
    private static void PaintLabels(ILabelPainter painter, LiveOptions.Settings settings)
    {
        List<string> errors = [];
        foreach (var label in settings.Judges.Values.SelectMany(judges => judges.Labels).Distinct())
        {
            foreach (var (width, height) in new[] { (640, 360), (360, 640) })
            {
                try
                {
                    painter.Paint(label, width, height);
                }
                catch (InvalidOperationException exception)
                {
                    errors.Add("rules: " + exception.Message);
                }
            }
        }

        if (errors.Count > 0)
            throw new ConfigurationException(errors);
    }

    private static partial class Log
    {
        [LoggerMessage(6620, LogLevel.Information, "Removed the temporary files of {Count} gates that were killed.")]
        public static partial void Swept(ILogger logger, int count);
    }
}
