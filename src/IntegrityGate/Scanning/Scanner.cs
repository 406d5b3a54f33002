using IntegrityGate.Configuration;
using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;
using IntegrityGate.Detection;
using IntegrityGate.Detection.Audio;
using IntegrityGate.Enforcement.Judging.Inputs;
using IntegrityGate.Hosting;
using IntegrityGate.Looking;
using IntegrityGate.Media.Decoding;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace IntegrityGate.Scanning;

/// <summary>Runs the looking and judging of a live stream over a file: the same detectors, the same judge, the same pace in media time.</summary>
internal sealed class Scanner : IDisposable
{
    private readonly GateOptions _options;
    private readonly DetectorSet _detectors;
    private readonly AudioListener? _listener;
    private readonly ScanFindings _findings;
    private readonly JudgeFactory _judges;

    private Scanner(GateOptions options, DetectorSet detectors, JudgeFactory judges, string? evidenceFolder)
    {
        _options = options;
        _detectors = detectors;
        _judges = judges;
        if (options.Inspection.Audio.Enabled)
            _listener = Composition.LoadListener(options, detectors.Catalog, NullLoggerFactory.Instance);
        _findings = new ScanFindings(evidenceFolder);
    }

    /// <summary>Loads models and rules.</summary>
    /// <exception cref="Detection.Models.ModelPackException">A model cannot be used.</exception>
    /// <exception cref="Enforcement.Rules.RulePackException">A rule pack cannot be used.</exception>
    public static Scanner Create(GateOptions options, string? evidenceFolder) =>
        new(options, Composition.LoadDetectors(options, NullLoggerFactory.Instance), new JudgeFactory(options, TimeProvider.System), evidenceFolder);

    /// <summary>Scans an input to its end.</summary>
    /// <exception cref="MediaUnreadableException">It cannot be read.</exception>
    public async Task<ScanReport> RunAsync(string input, ProgressContext progress, CancellationToken cancellationToken)
    {
        var media = await new MediaProbe().ReadAsync(input, cancellationToken);
        var bar = progress.AddTask("looking", maxValue: media.Duration > TimeSpan.Zero ? media.Duration.TotalSeconds : double.PositiveInfinity);
        bar.IsIndeterminate = !double.IsFinite(bar.MaxValue);
        var looker = new Looker(_detectors.OpenSynthetic(), _detectors.Text, () => Guid.CreateVersion7().ToString("N"), TimeProvider.System, _options.Inspection.Replays.Enabled ? _detectors.Printer : null) { Logos = _detectors.Logos };
        var scan = new ScanState(looker);
        await using (var judge = new JudgeLoop(_judges.CreateForFile(new StreamId("scan"), "scan", media.Duration), _findings, scan.Apply, NullLogger<JudgeLoop>.Instance))
        {
            if (media.Tags.TryGetValue(AigcJson.PropertyName, out var tag) && AigcJson.Read(tag).ToClaim("metadata") is { } claim)
                scan.Apply(await judge.AskAsync(new ClaimMade(MediaTime.Zero, TimeProvider.System.GetUtcNow(), claim), null, cancellationToken));
            await using var sound = media.AudioCodec is null || _listener is null ? null : ScanSound.Open(_listener, input, _options.Inspection.Audio.Window, cancellationToken);
            await foreach (var frame in new FileFrameSource().ReadAsync(input, _options.Inspection.UndecidedInterval, cancellationToken))
            {
                bar.Value = frame.Pts.ToTimeSpan().TotalSeconds;
                if (sound is not null)
                    await sound.HearAsync(judge, until: frame.Pts, cancellationToken);
                await LookAsync(frame, scan, judge, cancellationToken);
            }

            if (sound is not null)
                await sound.HearAsync(judge, until: null, cancellationToken);
            await judge.AskAsync(new StreamEnded(scan.Until, TimeProvider.System.GetUtcNow(), "the end of the file"), null, cancellationToken);
        }

        bar.StopTask();
        return new ScanReport(input, scan.Verdict, scan.Looks, scan.Until, _findings.Incidents);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener?.Dispose();
        _detectors.Dispose();
    }

    private static async Task LookAsync(VideoFrame frame, ScanState scan, JudgeLoop judge, CancellationToken cancellationToken)
    {
        if (!scan.Wants(frame.Pts))
        {
            frame.Dispose();
            return;
        }

        SampleLooked looked;
        try
        {
            looked = await scan.Looker.LookAsync(frame, cancellationToken);
        }
        catch
        {
            frame.Dispose();
            throw;
        }

        await judge.AskAsync(looked, frame, cancellationToken);
    }
}
