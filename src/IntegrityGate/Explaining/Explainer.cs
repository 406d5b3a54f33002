using IntegrityGate.Configuration;
using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;
using IntegrityGate.Detection;
using IntegrityGate.Detection.Models;
using IntegrityGate.Detection.Pictures;
using IntegrityGate.Detection.Synthetic;
using IntegrityGate.Enforcement.Judging.Inputs;
using IntegrityGate.Hosting;
using IntegrityGate.Media.Decoding;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.Explaining;

/// <summary>Scans a clip up to a moment and keeps what a person needs to see why the gate held what it held.</summary>
internal sealed class Explainer : IDisposable
{
    private readonly GateOptions _options;
    private readonly DetectorSet _detectors;
    private readonly JudgeFactory _judges;
    private readonly SyntheticFrameModel _model;

    private Explainer(GateOptions options, DetectorSet detectors, JudgeFactory judges)
    {
        _options = options;
        _detectors = detectors;
        _judges = judges;
        _model = detectors.Catalog.Select<SyntheticFrameModel>(detectors.Synthetic.Model.Name, "");
    }

    /// <summary>Loads models and rules.</summary>
    /// <exception cref="ModelPackException">A model cannot be used.</exception>
    /// <exception cref="Enforcement.Rules.RulePackException">A rule pack cannot be used.</exception>
    public static Explainer Create(GateOptions options)
    {
        var judges = new JudgeFactory(options, TimeProvider.System);
        return new Explainer(options, Composition.LoadDetectors(options, NullLoggerFactory.Instance), judges);
    }

    /// <summary>Explains a moment.</summary>
    /// <param name="input">File or URL.</param>
    /// <param name="at">The moment; the last picture at or before it is shown.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MediaUnreadableException">The input cannot be read, or has no picture at that moment.</exception>
    public async Task<Moment> RunAsync(string input, TimeSpan at, Action<double> progress, CancellationToken cancellationToken)
    {
        var media = await new MediaProbe().ReadAsync(input, cancellationToken);
        if (media.Duration > TimeSpan.Zero && at > media.Duration)
            throw new MediaUnreadableException($"It ends at {MediaTime.FromTimeSpan(media.Duration)}, before the moment that is asked for.");
        var policy = _judges.PolicyForFile(media.Duration);
        var trace = new MomentTrace(_judges.CreateForFile(new StreamId("explain"), "explain", media.Duration), policy.Detector, _detectors);
        if (media.Tags.TryGetValue(AigcJson.PropertyName, out var tag) && AigcJson.Read(tag).ToClaim("metadata") is { } claim)
            trace.Apply(new ClaimMade(MediaTime.Zero, TimeProvider.System.GetUtcNow(), claim));

        VideoFrame? shown = null;
        try
        {
            var grid = new SampleGrid(_options.Inspection.UndecidedInterval);
            await foreach (var frame in new FileFrameSource().ReadAsync(input, grid.Step, cancellationToken))
            {
                if (frame.Pts.ToTimeSpan() > at)
                {
                    frame.Dispose();
                    break;
                }

                shown?.Dispose();
                shown = frame;
                progress(at > TimeSpan.Zero ? frame.Pts.ToTimeSpan() / at : 1);
                if (grid.Offers(frame.Pts))
                    await trace.SeeAsync(frame, cancellationToken);
            }

            return shown is null
                ? throw new MediaUnreadableException("It has no picture at or before the moment that is asked for.")
                : await ShowAsync(input, shown, trace, cancellationToken);
        }
        finally
        {
            shown?.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _detectors.Dispose();

    private async Task<Moment> ShowAsync(string input, VideoFrame frame, MomentTrace trace, CancellationToken cancellationToken)
    {
        var score = (SyntheticScore)await _detectors.Synthetic.InspectAsync(frame, cancellationToken);
        var cuts = ViewPictures.Cut(_model, frame);
        var views = new List<ViewCut>();
        for (var i = 0; i < cuts.Count; i++)
        {
            using (cuts[i])
                views.Add(new ViewCut(_model.Views[i].Name, FrameJpeg.Encode(cuts[i]), cuts[i].Width, cuts[i].Height, score.ViewScores[i]));
        }

        return new Moment
        {
            Input = input,
            Jpeg = FrameJpeg.Encode(frame),
            Width = frame.Width,
            Height = frame.Height,
            Score = score,
            Views = views,
            Text = (TextReading)await _detectors.Text.InspectAsync(frame, cancellationToken),
            Steps = trace.Steps,
            Verdict = trace.Verdict,
            Incidents = trace.OpenIncidents,
        };
    }
}
