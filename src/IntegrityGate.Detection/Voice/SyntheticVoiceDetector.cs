using System.Globalization;
using IntegrityGate.Core.Audio;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Detection.Models;
using IntegrityGate.Detection.Runtime;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace IntegrityGate.Detection.Voice;

/// <summary>
/// Scores windows of speech with a <c>synthetic-voice</c> pack: <see cref="SyntheticScore"/>, whose views are the window's cuts. No weights
/// come with the gate. One window at a time; the work is done on the caller's thread.
/// </summary>
public sealed partial class SyntheticVoiceDetector : IDisposable
{
    private readonly SyntheticVoiceModel _model;
    private readonly InferenceSession _session;
    private readonly Lock _lock = new();

    private SyntheticVoiceDetector(SyntheticVoiceModel model, ModelFile file, InferenceSession session)
    {
        _model = model;
        _session = session;
        Model = model.Reference(file);
    }

    /// <summary>The model behind the detector.</summary>
    public ModelReference Model { get; }

    /// <summary>Loads a pack and runs its selftest, which also warms the session up.</summary>
    /// <param name="model">The pack.</param>
    /// <param name="variant">Which weights.</param>
    /// <param name="onnx">Threads.</param>
    /// <param name="logger">For the variant chosen.</param>
    /// <exception cref="ModelPackException">The pack was refused; with the numbers when its selftest was the reason.</exception>
    public static SyntheticVoiceDetector Load(SyntheticVoiceModel model, ModelVariant variant, OnnxOptions onnx, ILogger logger)
    {
        string[] keys = variant switch
        {
            ModelVariant.Fp32 => ["fp32"],
            ModelVariant.Int8 => ["int8"],
            _ => ["int8", "fp32"],
        };
        var files = keys.Where(model.Files.ContainsKey).Select(key => model.Files[key]).ToList();
        if (files.Count == 0)
            throw new ModelPackException([$"{model.DocumentPath}: files: has no {string.Join(" or ", keys)}, which the options ask for"]);
        for (var i = 0; ; i++)
        {
            var detector = new SyntheticVoiceDetector(model, files[i], OnnxSessions.Open(model, files[i], InputOf(model.Input), model.OutputName, onnx));
            var errors = detector.Test(files[i]);
            if (errors.Count == 0)
            {
                Log.Loaded(logger, model.Name, model.Version, files[i].Key, detector.Model.Sha256);
                return detector;
            }

            detector.Dispose();
            if (i == files.Count - 1)
                throw new ModelPackException(errors);
            Log.VariantRefused(logger, model.Name, files[i].Key, files[i + 1].Key, string.Join("; ", errors));
        }
    }

    /// <summary>Scores a window; borrows it.</summary>
    /// <param name="window">The window.</param>
    /// <param name="fingerprint">What it is known by when it comes again.</param>
    public SyntheticScore Score(AudioWindow window, ulong fingerprint)
    {
        var samples = window.Samples;
        var cuts = Math.Min(_model.MaxCuts, samples.Length / _model.Input.Samples);
        if (cuts == 0)
        {
            var why = string.Create(CultureInfo.InvariantCulture, $"{samples.Length} samples are under the {_model.Input.Samples} of a cut");
            return new SyntheticScore(window.At, Model, 0, 0.5, [], _model.Levels, why, fingerprint);
        }

        var logits = Run(samples[..(cuts * _model.Input.Samples)], cuts);
        var score = logits.Average(logit => (double)logit);
        return new SyntheticScore(
            window.At, Model, score, _model.Calibration.Probability(score), Array.ConvertAll(logits, logit => (double)logit), _model.Levels, null, fingerprint);
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private float[] Run(ReadOnlySpan<float> samples, int cuts)
    {
        var tensor = samples.ToArray();
        var logits = new float[cuts];
        using var input = OrtValue.CreateTensorValueFromMemory(tensor, [cuts, _model.Input.Samples]);
        using var output = OrtValue.CreateTensorValueFromMemory(logits, [cuts, 1]);
        using var run = new RunOptions();
        lock (_lock)
            _session.Run(run, [_model.Input.Name], [input], [_model.OutputName], [output]);
        return logits;
    }

    private List<string> Test(ModelFile file)
    {
        var expected = _model.Selftest[file.Key];
        var length = _model.Input.Samples;
        var samples = new float[expected.Inputs.Count * length];
        for (var k = 0; k < expected.Inputs.Count; k++)
        {
            for (var i = 0; i < length; i++)
                samples[(k * length) + i] = (float)(((((i * (k + 1)) + (37 * k)) % 256) / 128.0) - 1);
        }

        var path = $"{_model.DocumentPath}: selftest.expected.{file.Key}";
        try
        {
            var actual = Run(samples, expected.Inputs.Count);
            // Written so that NaN fails.
            return [.. expected.Inputs.Index().Where(one => !(Math.Abs(actual[one.Index] - one.Item) <= expected.Tolerance)).Select(one => string.Create(
                CultureInfo.InvariantCulture, $"{path}.inputs[{one.Index}]: the network answers {actual[one.Index]:0.####}, must be {one.Item:0.####} ± {expected.Tolerance:0.####}"))];
        }
        catch (OnnxRuntimeException e)
        {
            return [$"{_model.DocumentPath}: files.{file.Key}: {file.Path} does not run: {e.Message}"];
        }
    }

    private static TensorInput InputOf(VoiceInput input) =>
        new(input.Name, $"[n, {input.Samples}]", dimensions => dimensions is [-1, var samples] && (samples == -1 || samples == input.Samples));

    private static partial class Log
    {
        [LoggerMessage(3050, LogLevel.Information, "Voice detector {Name} {Version} runs its {Variant} weights ({Sha256})")]
        public static partial void Loaded(ILogger logger, string name, string version, string variant, string sha256);

        [LoggerMessage(3051, LogLevel.Warning, "Voice detector {Name}: the {Variant} weights fail on this machine, {Next} are tried: {Errors}")]
        public static partial void VariantRefused(ILogger logger, string name, string variant, string next, string errors);
    }
}
