using System.Text.Json.Nodes;
using IntegrityGate.Detection.Models;
using IntegrityGate.Detection.Synthetic;
using IntegrityGate.Detection.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.Detection.Tests.Models;

public sealed class BadPackTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public BadPackTests() => ConstantModelPack.Write(_folder.In("pack"), 1);

    private string Document => _folder.In("pack", "model.json");

    [Fact]
    public void A_changed_file_is_refused_with_both_hashes()
    {
        var named = JsonNode.Parse(File.ReadAllText(Document))!["files"]!["fp32"]!["sha256"]!.GetValue<string>();
        File.AppendAllText(_folder.In("pack", "model.onnx"), "x");
        var error = Assert.Single(Refusal());
        Assert.Contains("files.fp32.sha256", error, StringComparison.Ordinal);
        Assert.Contains(named, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        File.Delete(_folder.In("pack", "model.onnx"));
        var error = Assert.Single(Refusal());
        Assert.Contains("files.fp32.file", error, StringComparison.Ordinal);
        Assert.Contains("is missing", error, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_of_a_document_come_at_once_with_their_paths()
    {
        Change(d =>
        {
            d["input"]!["mean"] = "bright";
            d["input"]!["layout"] = "NHWC";
            d["views"]![2]!["anchor"] = "somewhere";
            d["levels"]!["stamp"] = 0.1;
            d["files"]!["fp32"]!["file"] = "../model.onnx";
            d["name"] = "other";
            d.AsObject().Remove("calibration");
        });
        var errors = Refusal();
        string[] paths = ["input.mean", "input.layout", "views[2].anchor", "levels.stamp", "files.fp32.file", "name", "calibration"];
        foreach (var path in paths)
            Assert.Contains(errors, e => e.StartsWith($"{Document}: {path}: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Errors_of_several_packs_come_together()
    {
        ConstantModelPack.Write(_folder.In("second"), 1);
        File.Delete(_folder.In("second", "model.json"));
        Change(d => d["task"] = "guess");
        Assert.Collection(
            Refusal(),
            e => Assert.Contains("task: is 'guess', must be one of synthetic-frame, synthetic-voice, text-reader", e, StringComparison.Ordinal),
            e => Assert.Contains(Path.Combine("second", "model.json") + ": is missing", e, StringComparison.Ordinal));
    }

    [Fact]
    public void A_selftest_that_deviates_is_refused_with_both_numbers()
    {
        Change(d => d["selftest"]!["expected"]!["fp32"]!["frame"]![3] = 1.5);
        var model = ModelCatalog.Load(_folder.Path).Select<SyntheticFrameModel>(null, "pack");
        var refusal = Assert.Throws<ModelPackException>(() => SyntheticFrameDetector.Load(model, new DetectionOptions(), NullLogger.Instance));
        var error = Assert.Single(refusal.Errors);
        Assert.Contains("selftest.expected.fp32.frame[3]: the network answers 1, must be 1.5", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_with_other_tensors_is_refused()
    {
        Change(d => d["output"]!["name"] = "score");
        var model = ModelCatalog.Load(_folder.Path).Select<SyntheticFrameModel>(null, "pack");
        var refusal = Assert.Throws<ModelPackException>(() => SyntheticFrameDetector.Load(model, new DetectionOptions(), NullLogger.Instance));
        Assert.Contains("has the outputs logit; model.json names score", Assert.Single(refusal.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ModelVariant.Fp32)]
    [InlineData(ModelVariant.Int8)]
    public void The_shipped_detector_passes_its_selftest(ModelVariant variant)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateSymbolicLink(folder.In("frame-v1"), Path.Combine(Repository.Models, "frame-v1"));
        var model = ModelCatalog.Load(folder.Path).Select<SyntheticFrameModel>(null, "frame-v1");
        using var detector = SyntheticFrameDetector.Load(model, new DetectionOptions { Variant = variant }, NullLogger.Instance);
        Assert.Equal(variant.ToString().ToLowerInvariant(), detector.Variant);
    }

    public void Dispose() => _folder.Dispose();

    private IReadOnlyList<string> Refusal() => Assert.Throws<ModelPackException>(() => ModelCatalog.Load(_folder.Path)).Errors;

    private void Change(Action<JsonNode> change)
    {
        var document = JsonNode.Parse(File.ReadAllText(Document))!;
        change(document);
        File.WriteAllText(Document, document.ToJsonString());
    }
}
