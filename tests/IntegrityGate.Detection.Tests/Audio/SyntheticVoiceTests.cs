using System.Text.Json.Nodes;
using IntegrityGate.Core.Audio;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Time;
using IntegrityGate.Detection.Audio;
using IntegrityGate.Detection.Models;
using IntegrityGate.Detection.Runtime;
using IntegrityGate.Detection.Tests.Support;
using IntegrityGate.Detection.Voice;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.Detection.Tests.Audio;

/// <summary>The slot for an operator's own detector of synthetic voices.</summary>
public sealed class SyntheticVoiceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Document => _folder.In("voice", "model.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_whole_cut_of_a_window_is_scored_by_its_own_sound_and_the_window_by_their_mean()
    {
        using var detector = Load(score: 2, slope: 10);
        using var window = new AudioWindow(new MediaTime(7000), (3 * ConstantVoicePack.Samples) + 5000);
        for (var cut = 0; cut < 3; cut++)
            window.Samples.Slice(cut * ConstantVoicePack.Samples, ConstantVoicePack.Samples).Fill(0.1f * cut);
        window.Samples[(3 * ConstantVoicePack.Samples)..].Fill(1);
        var score = detector.Score(window, 77);
        Assert.Equal([2.0, 3.0, 4.0], score.ViewScores.Select(view => Math.Round(view, 3)));
        Assert.Equal(3, score.Score, 0.001);
        Assert.Equal(1 / (1 + Math.Exp(-3)), score.Probability, 0.001);
        Assert.Equal(("voice", new DetectorLevels(1, 3), 77UL, 7000L), (score.Model!.Name, score.Levels, score.Fingerprint, score.At.Milliseconds));
        Assert.Null(score.OutOfScope);
    }

    [Fact]
    public void No_more_cuts_are_scored_than_the_pack_says_and_a_window_without_one_is_out_of_scope()
    {
        using var detector = Load(score: 2);
        using var longer = new AudioWindow(MediaTime.Zero, 9 * ConstantVoicePack.Samples);
        Assert.Equal(4, detector.Score(longer, 0).ViewScores.Count);
        using var shorter = new AudioWindow(MediaTime.Zero, ConstantVoicePack.Samples - 1);
        Assert.NotNull(detector.Score(shorter, 0).OutOfScope);
    }

    [Fact]
    public async Task Speech_is_given_to_the_detector_and_other_sound_is_not()
    {
        using var listener = new AudioListener(new AudioListenerOptions(), [], Load(score: 2));
        Assert.Equal(2, (await ListenAsync(listener, new Synth(10).Speech(0.1).Noise(0.002))).Voice!.Score, 0.001);
        Assert.Null((await ListenAsync(listener, new Synth(10).Noise(0.1))).Voice);
        Assert.Null((await ListenAsync(listener, new Synth(10))).Voice);
        Assert.Equal("voice", listener.VoiceModel!.Name);
    }

    [Fact]
    public async Task A_loop_of_the_same_speech_has_one_fingerprint_and_other_speech_another()
    {
        using var listener = new AudioListener(new AudioListenerOptions(), [], Load(score: 2));
        var one = (await ListenAsync(listener, new Synth(10, 3).Speech(0.1))).Voice!.Fingerprint;
        var again = (await ListenAsync(listener, new Synth(10, 3).Speech(0.1).Noise(0.0005).Scale(0.8))).Voice!.Fingerprint;
        var other = (await ListenAsync(listener, new Synth(10, 4).Speech(0.1))).Voice!.Fingerprint;
        Assert.InRange(System.Numerics.BitOperations.PopCount(one ^ again), 0, 3);
        Assert.InRange(System.Numerics.BitOperations.PopCount(one ^ other), 8, 64);
    }

    [Fact]
    public void All_errors_of_a_document_come_at_once_with_their_paths()
    {
        ConstantVoicePack.Write(_folder.In("voice"), 1);
        Change(d =>
        {
            d["input"]!["sampleRate"] = 44_100;
            d["input"]!["layout"] = "TN";
            d["input"]!["samples"] = 1.5;
            d["input"]!["range"] = new JsonArray(0, 1);
            d["input"]!["dynamicBatch"] = false;
            d["cuts"]!["max"] = 0;
            d["output"]!["perCut"] = false;
            d["levels"]!["stamp"] = 0.1;
            d["selftest"]!["expected"]!.AsObject().Remove("fp32");
            d.AsObject().Remove("calibration");
        });
        var errors = Refusal();
        string[] paths =
        [
            "input.sampleRate", "input.layout", "input.samples", "input.range", "input.dynamicBatch", "cuts.max", "output.perCut", "levels.stamp", "selftest.expected.fp32", "calibration",
        ];
        foreach (var path in paths)
            Assert.Contains(errors, e => e.StartsWith($"{Document}: {path}: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_network_that_answers_other_than_its_selftest_says_is_refused_with_both_numbers()
    {
        ConstantVoicePack.Write(_folder.In("voice"), 1);
        Change(d => d["selftest"]!["expected"]!["fp32"]!["inputs"]![1] = 1.5);
        var error = Assert.Single(Refusal());
        Assert.Contains("selftest.expected.fp32.inputs[1]", error, StringComparison.Ordinal);
        Assert.Contains("answers 1, must be 1.5", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_with_other_tensors_than_the_document_names_is_refused()
    {
        ConstantVoicePack.Write(_folder.In("voice"), 1);
        Change(d => (d["input"]!["samples"], d["output"]!["name"]) = (16_000, "answer"));
        var errors = Refusal();
        Assert.Contains(errors, e => e.Contains("float32 [n, 16000]", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.Contains("model.json names answer", StringComparison.Ordinal));
    }

    private static async Task<AudioReading> ListenAsync(AudioListener listener, Synth synth)
    {
        using var window = new AudioWindow(MediaTime.Zero, synth.Samples.Length);
        synth.Samples.CopyTo(window.Samples);
        return await listener.ListenAsync(window, TestContext.Current.CancellationToken);
    }

    private SyntheticVoiceDetector Load(float score, float slope = 0)
    {
        ConstantVoicePack.Write(_folder.In("voice"), score, slope);
        return Open();
    }

    private SyntheticVoiceDetector Open() => SyntheticVoiceDetector.Load(
        ModelCatalog.Load(_folder.Path).Select<SyntheticVoiceModel>(null, ""), ModelVariant.Auto, new OnnxOptions(), NullLogger.Instance);

    private IReadOnlyList<string> Refusal() => Assert.Throws<ModelPackException>(() => Open().Dispose()).Errors;

    private void Change(Action<JsonNode> change)
    {
        var document = JsonNode.Parse(File.ReadAllText(Document))!;
        change(document);
        File.WriteAllText(Document, document.ToJsonString());
    }
}
