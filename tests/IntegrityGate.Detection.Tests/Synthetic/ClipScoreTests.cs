using System.Globalization;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Detection.Models;
using IntegrityGate.Detection.Synthetic;
using IntegrityGate.Detection.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.Detection.Tests.Synthetic;

public sealed class ClipScoreTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("ai/causvid-2.mp4")]
    [InlineData("ai/skyreels2-4.mp4")]
    [InlineData("ai/cogvideox-1.mp4")]
    [InlineData("real/talking-head-television-3.mp4")]
    [InlineData("real/talking-head-studio-wall-1.mpg")]
    public async Task Clips_score_as_the_training_measured_them(string clip)
    {
        var path = Repository.Shared($"media/{clip}");
        var row = File.ReadLines(Repository.Shared("media/index.tsv")).Single(line => line.StartsWith(clip + "\t", StringComparison.Ordinal)).Split('\t');
        var expected = row[^1].Split('/').Select(s => double.Parse(s, CultureInfo.InvariantCulture)).ToArray();
        foreach (var variant in new[] { ModelVariant.Fp32, ModelVariant.Int8 })
        {
            var model = ModelCatalog.Load(Repository.Models).Select<SyntheticFrameModel>(null, "frame-v1");
            using var detector = SyntheticFrameDetector.Load(model, new DetectionOptions { Variant = variant, SyntheticConcurrency = 1 }, NullLogger.Instance);
            var scores = new List<double>();
            foreach (var frame in Clip.Frames(path, "fps=1"))
            {
                using (frame)
                    scores.Add(((SyntheticScore)await detector.InspectAsync(frame, TestContext.Current.CancellationToken)).Score);
            }

            // Tolerances of the pack's own selftest: decoders and the int8 kernels differ by less.
            Assert.Equal(expected[0], scores.Average(), variant == ModelVariant.Fp32 ? 0.15 : 0.35);
            output.WriteLine($"{clip} {variant}: mean {scores.Average():0.000} / {scores.Min():0.000} / {scores.Max():0.000}, training {row[^1]}, {scores.Count} frames");
        }
    }
}
