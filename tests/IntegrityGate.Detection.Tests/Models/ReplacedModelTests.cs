using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Time;
using IntegrityGate.Detection.Models;
using IntegrityGate.Detection.Synthetic;
using IntegrityGate.Detection.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.Detection.Tests.Models;

public sealed class ReplacedModelTests
{
    [Theory]
    [InlineData(6.5f)]
    [InlineData(-3.25f)]
    [InlineData(0f)]
    public async Task A_replaced_model_scores_frames_with_its_own_answer(float score)
    {
        using var folder = new TemporaryFolder();
        ConstantModelPack.Write(folder.In("always"), score);
        var model = ModelCatalog.Load(folder.Path).Select<SyntheticFrameModel>(null, "frame-v1");
        using var detector = SyntheticFrameDetector.Load(model, new DetectionOptions(), NullLogger.Instance);
        using var frame = new VideoFrame(new MediaTime(1500), 640, 360);
        frame.Pixels.Fill(90);
        var found = Assert.IsType<SyntheticScore>(await detector.InspectAsync(frame, TestContext.Current.CancellationToken));
        Assert.Equal(score, found.Score);
        Assert.Null(found.OutOfScope);
        Assert.Equal([score, score, score, score], found.ViewScores);
        Assert.Equal("always", found.Model?.Name);
        Assert.Equal(new DetectorLevels(0.76, 2.66), found.Levels);
    }

    [Fact]
    public async Task A_set_loads_a_replaced_model_beside_the_shipped_reader()
    {
        Repository.RequireReader();
        using var folder = new TemporaryFolder();
        ConstantModelPack.Write(folder.In("always"), 9);
        var reader = Directory.CreateDirectory(folder.In("ppocr-v4")).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Models, "ppocr-v4")))
            File.CreateSymbolicLink(Path.Combine(reader, Path.GetFileName(file)), file);
        using var set = DetectorSet.Load(new DetectionOptions { ModelsFolder = folder.Path }, NullLoggerFactory.Instance);
        using var frame = new VideoFrame(new MediaTime(0), 1280, 720);
        new Random(1).NextBytes(frame.Pixels);
        var found = Assert.IsType<SyntheticScore>(await set.Synthetic.InspectAsync(frame, TestContext.Current.CancellationToken));
        Assert.Equal(9, found.Score);
        Assert.Equal(["always", "ppocr-v4"], set.Models.Select(m => m.Name));
    }
}
