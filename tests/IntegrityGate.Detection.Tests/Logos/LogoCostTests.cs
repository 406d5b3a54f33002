using System.Diagnostics;
using System.Globalization;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Time;
using IntegrityGate.Detection.Imaging;
using IntegrityGate.Detection.Logos;
using IntegrityGate.Detection.Models;
using IntegrityGate.Detection.Synthetic;
using IntegrityGate.Detection.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.Detection.Tests.Logos;

/// <summary>What looking for logos costs beside a look of the detector, in one run; docs/5-detectors-and-models.md quotes the ratios. Run it by name.</summary>
public sealed class LogoCostTests(ITestOutputHelper output)
{
    [Theory(Explicit = true)]
    [InlineData(640, 360)]
    [InlineData(1280, 720)]
    [InlineData(1920, 1080)]
    public async Task A_look_for_logos_beside_a_look_of_the_detector(int width, int height)
    {
        using var folder = new TemporaryFolder();
        TestLogos.Write(folder.Path, 0.62);
        var errors = new List<string>();
        var templates = LogoPackReader.Read(folder.Path, errors);
        using var six = new LogoFinder(templates, 1);
        using var one = new LogoFinder([templates[0] with { Places = LogoPlaces.BottomRight }], 1);
        using var slot = new LogoSlot(new ResizeAxisCache());
        using var detector = SyntheticFrameDetector.Load(
            ModelCatalog.Load(Repository.Models).Select<SyntheticFrameModel>(null, "frame-v1"), new DetectionOptions(), NullLogger<SyntheticFrameDetector>.Instance);
        using var frame = new VideoFrame(MediaTime.Zero, width, height);
        using (var bitmap = LabelScene.Background(5, width, height))
            LabelScene.ToRgb(bitmap).CopyTo(frame.Pixels);
        var (detecting, finding, findingOne, preparing) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < 40; i++)
        {
            detecting.Add(await TimeAsync(async () => await detector.InspectAsync(frame, TestContext.Current.CancellationToken)));
            finding.Add(await TimeAsync(() => Task.FromResult(six.Find(frame, slot))));
            findingOne.Add(await TimeAsync(() => Task.FromResult(one.Find(frame, slot))));
            preparing.Add(await TimeAsync(() => Task.FromResult(LogoSearch.Prepare(frame, slot))));
        }

        // The fastest of many: what the machine does beside it only ever adds.
        var detector1 = detecting.Min();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{width}x{height}, in looks of the detector: preparing {preparing.Min() / detector1:0.00}, one logo in one corner {findingOne.Min() / detector1:0.00}, six in four corners {finding.Min() / detector1:0.00}; six: {templates.Sum(LogoCost.Of) / 1e6:0} million multiplications"));
        Assert.True(findingOne.Min() < finding.Min());
    }

    private static async Task<double> TimeAsync<T>(Func<Task<T>> look)
    {
        var started = Stopwatch.GetTimestamp();
        await look();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
