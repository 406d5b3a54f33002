using System.Diagnostics;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Telemetry;
using IntegrityGate.Detection.Imaging;
using IntegrityGate.Detection.Models;
using IntegrityGate.Detection.Runtime;

namespace IntegrityGate.Detection.Logos;

/// <summary>Finds logos of generators in the corners and along the edges of frames; shared by all streams.</summary>
public sealed class LogoFinder : IDisposable
{
    private static readonly IReadOnlyList<LogoFound> s_none = [];

    private readonly LogoScales[] _logos;
    private readonly SlotPool<LogoSlot> _slots;
    private readonly TaskScheduler _threads;

    internal LogoFinder(IEnumerable<LogoTemplate> templates, int concurrency, TaskScheduler? threads = null)
    {
        _logos = [.. templates.Select(LogoScales.Of)];
        var axes = new ResizeAxisCache();
        _slots = new SlotPool<LogoSlot>(concurrency, () => new LogoSlot(axes));
        _threads = threads ?? TaskScheduler.Default;
    }

    /// <summary>Names of the logos that are looked for.</summary>
    public IReadOnlyList<string> Names => [.. _logos.Select(logo => logo.Template.Name)];

    /// <summary>Loads a folder of templates.</summary>
    /// <param name="folder">It holds <c>logos.json</c> and the PNG files that it names.</param>
    /// <param name="concurrency">Frames looked at at a time, 1 or more; a look uses one thread.</param>
    /// <param name="threads">Where they are looked at; null for the thread pool.</param>
    /// <exception cref="ModelPackException">The folder was refused; it holds every reason.</exception>
    public static LogoFinder Load(string folder, int concurrency, TaskScheduler? threads = null)
    {
        var errors = new List<string>();
        var templates = LogoPackReader.Read(folder, errors);
        return errors.Count == 0 ? new LogoFinder(templates, concurrency, threads) : throw new ModelPackException(errors);
    }

    /// <summary>Looks at a frame; borrows it.</summary>
    public ValueTask<LogoReading> FindAsync(VideoFrame frame, CancellationToken cancellationToken) =>
        new(Task.Factory.StartNew(() => TakeAsync(frame, cancellationToken), cancellationToken, TaskCreationOptions.DenyChildAttach, _threads).Unwrap());

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();

    /// <summary>Looks at a frame; borrows it. Allocates for what it finds only.</summary>
    internal IReadOnlyList<LogoFound> Find(VideoFrame frame, LogoSlot slot)
    {
        List<LogoFound>? found = null;
        var ratio = LogoSearch.Prepare(frame, slot);
        if (ratio == 0)
            return s_none;
        foreach (var logo in _logos)
        {
            var score = LogoSearch.Find(slot, logo, out var box);
            if (score < logo.Template.MinScore)
                continue;
            DetectionTelemetry.CountLogo(logo.Template.Name);
            found ??= [];
            found.Add(new LogoFound(
                logo.Template.Name, logo.Template.Generator, new PixelBox(box.X * ratio, box.Y * ratio, box.Width * ratio, box.Height * ratio), Math.Min(score, 1)));
        }

        return found ?? s_none;
    }

    private async Task<LogoReading> TakeAsync(VideoFrame frame, CancellationToken cancellationToken)
    {
        var slot = await _slots.TakeAsync(cancellationToken).ConfigureAwait(true);
        var lap = CpuLap.Start();
        var started = Stopwatch.GetTimestamp();
        try
        {
            return new LogoReading(frame.Pts, Find(frame, slot));
        }
        finally
        {
            DetectionTelemetry.Record("logos", "total", started);
            CpuTally.Current?.Add(lap.Elapsed);
            _slots.Give(slot);
        }
    }
}
