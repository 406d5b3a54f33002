using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Detection.Models;
using IntegrityGate.Detection.Tests.Support;
using IntegrityGate.Detection.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IntegrityGate.Detection.Tests.Models;

/// <summary>A models folder that changes under a running gate.</summary>
public sealed class ModelFolderWatchTests : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly Lines _log = new();

    public ModelFolderWatchTests()
    {
        Repository.RequireReader();
        ConstantModelPack.Write(_folder.In("model"), -1);
        var reader = Directory.CreateDirectory(_folder.In("ppocr-v4")).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Models, "ppocr-v4")))
            File.CreateSymbolicLink(Path.Combine(reader, Path.GetFileName(file)), file);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_changed_model_scores_the_next_look_of_every_stream_and_an_unchanged_folder_changes_nothing()
    {
        using var set = Load();
        using var watch = Watch(set);
        var (one, other) = (set.OpenSynthetic(), set.OpenSynthetic());
        await PassAsync(watch);
        Assert.Equal((-1, -1), (await ScoreAsync(one), await ScoreAsync(other)));
        Assert.Empty(_log.All);

        var before = one.Model;
        ConstantModelPack.Write(_folder.In("model"), 2);
        await PassAsync(watch);
        Assert.Equal((2, 2, 2), (await ScoreAsync(one), await ScoreAsync(other), await ScoreAsync(set.Synthetic)));
        Assert.NotEqual(before, one.Model);
        Assert.Contains(one.Model, set.Models);
        Assert.StartsWith("3020 Information", Assert.Single(_log.All), StringComparison.Ordinal);

        await PassAsync(watch);
        Assert.Single(_log.All);
    }

    [Fact]
    public async Task A_model_that_fails_its_selftest_is_refused_once_with_all_reasons_and_the_old_one_goes_on()
    {
        using var set = Load();
        using var watch = Watch(set);
        ConstantModelPack.Write(_folder.In("model"), 2);
        var document = _folder.In("model", "model.json");
        File.WriteAllText(document, File.ReadAllText(document).Replace("\"frame\":[2,2,2,2]", "\"frame\":[2,3,2,4]", StringComparison.Ordinal));
        for (var i = 0; i < 4; i++)
            await PassAsync(watch);
        Assert.Equal(-1, await ScoreAsync(set.Synthetic));
        var line = Assert.Single(_log.All);
        Assert.StartsWith("3021 Error", line, StringComparison.Ordinal);
        Assert.Contains("frame[1]", line, StringComparison.Ordinal);
        Assert.Contains("frame[3]", line, StringComparison.Ordinal);

        // Put right, it is taken.
        ConstantModelPack.Write(_folder.In("model"), 3);
        await PassAsync(watch);
        Assert.Equal(3, await ScoreAsync(set.Synthetic));
    }

    [Fact]
    public async Task Weights_that_follow_a_moment_later_are_no_error()
    {
        using var set = Load();
        using var watch = Watch(set);
        await PassAsync(watch);
        var weights = File.ReadAllBytes(_folder.In("model", "model.onnx"));
        ConstantModelPack.Write(_folder.In("model"), 2);
        var late = File.ReadAllBytes(_folder.In("model", "model.onnx"));
        File.WriteAllBytes(_folder.In("model", "model.onnx"), weights);
        await PassAsync(watch);
        Assert.Equal(-1, await ScoreAsync(set.Synthetic));
        File.WriteAllBytes(_folder.In("model", "model.onnx"), late);
        File.SetLastWriteTimeUtc(_folder.In("model", "model.onnx"), DateTime.UnixEpoch);
        await PassAsync(watch);
        Assert.Equal(2, await ScoreAsync(set.Synthetic));
        Assert.DoesNotContain(_log.All, line => line.Contains("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_that_is_gone_is_complained_of_once_and_the_models_go_on()
    {
        using var set = Load();
        using var watch = Watch(set);
        Directory.Move(_folder.In("model"), _folder.In(".model"));
        for (var i = 0; i < 4; i++)
            await PassAsync(watch);
        Assert.Equal(-1, await ScoreAsync(set.Synthetic));
        Assert.Contains("there is none", Assert.Single(_log.All), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_changes_in_words_only_is_loaded_and_one_that_does_not_change_is_not()
    {
        using var set = Load();
        Assert.False(set.Reload());
        File.SetLastWriteTimeUtc(_folder.In("model", "model.json"), DateTime.UnixEpoch);
        Assert.False(set.Reload());
        var reader = set.Text.Model;
        var document = _folder.In("model", "model.json");
        File.WriteAllText(document, File.ReadAllText(document).Replace("\"1.0.0\"", "\"1.0.1\"", StringComparison.Ordinal));
        Assert.True(set.Reload());
        Assert.Equal("1.0.1", set.Synthetic.Model.Version);
        Assert.Equal(reader, set.Text.Model);
        Assert.Equal(-1, await ScoreAsync(set.Synthetic));
    }

    [Theory]
    [InlineData("\"1.0.0\"", "\"1.0.0\"", false)]
    [InlineData("\"1.0.0\"", "\"1.0.1\"", true)]
    public void Views_that_change_under_the_same_version_are_refused_since_both_scores_would_be_averaged(string version, string changed, bool taken)
    {
        using var set = Load();
        var document = _folder.In("model", "model.json");
        File.WriteAllText(document, File.ReadAllText(document).Replace(version, changed, StringComparison.Ordinal).Replace("1/4 of the free", "1/3 of the free", StringComparison.Ordinal));
        if (taken)
            Assert.True(set.Reload());
        else
            Assert.Contains("version: is still 1.0.0", Assert.Throws<ModelPackException>(() => set.Reload()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Levels_may_change_under_the_same_version()
    {
        using var set = Load();
        var document = _folder.In("model", "model.json");
        File.WriteAllText(document, File.ReadAllText(document).Replace("\"review\":0.76", "\"review\":0.8", StringComparison.Ordinal));
        Assert.True(set.Reload());
    }

    private DetectorSet Load() =>
        DetectorSet.Load(new DetectionOptions { ModelsFolder = _folder.Path, SyntheticConcurrency = 1, Text = new TextReaderOptions { Concurrency = 1 } }, NullLoggerFactory.Instance);

    private ModelFolderWatch Watch(DetectorSet set) => new(set, s_interval, _time, _log);

    private async Task PassAsync(ModelFolderWatch watch)
    {
        _time.Advance(s_interval);
        await watch.Looking.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
    }

    private static async Task<double> ScoreAsync(IDetector detector)
    {
        using var frame = new VideoFrame(default, 640, 360);
        frame.Pixels.Fill(90);
        return ((SyntheticScore)await detector.InspectAsync(frame, TestContext.Current.CancellationToken)).Score;
    }

    private sealed class Lines : ILogger<ModelFolderWatch>
    {
        public List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Add($"{eventId.Id} {logLevel} {formatter(state, exception)}");
    }
}
