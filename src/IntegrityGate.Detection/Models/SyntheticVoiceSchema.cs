using IntegrityGate.Core.Audio;
using IntegrityGate.Core.Evidence;

namespace IntegrityGate.Detection.Models;

/// <summary>The fields of a <c>synthetic-voice</c> model.json; their meaning stands in models/README.md.</summary>
internal static class SyntheticVoiceSchema
{
    /// <summary>Most cuts of a window: 16. Each costs a run of the network.</summary>
    private const int MaxCuts = 16;

    /// <summary>10 s: longer cuts would hardly fit into a window.</summary>
    private const int MaxSamples = 10 * AudioWindow.SampleRate;

    private static readonly string[] Variants = ["fp32", "int8"];

    /// <summary>Reads the pack; errors are noted in the fields.</summary>
    public static ModelPack Read(JsonFields fields, PackHeader header)
    {
        header.CheckFiles([], Variants);
        if (header.Files.Count == 0 && fields.Has("files"))
            fields.Error("files", "must name fp32, int8 or both");
        var input = fields.Object("input");
        input.OneOf("elementType", "float32");
        input.OneOf("layout", "NT");
        if (!input.Flag("dynamicBatch"))
            input.Error("dynamicBatch", "must be true: a window's cuts run as one batch");
        // Written as one allowed value, so that a model made for another rate is refused and not fed with sound at the wrong speed.
        input.Integer("sampleRate", AudioWindow.SampleRate, AudioWindow.SampleRate);
        if (input.Numbers("range", 2, 2) is [not -1, _] or [_, not 1])
            input.Error("range", "must be [-1, 1]");
        var output = fields.Object("output");
        if (!output.Flag("perCut"))
            output.Error("perCut", "must be true: one logit a cut");
        output.OneOf("windowScore", "mean of the cuts");
        var calibration = fields.Object("calibration");
        var levels = fields.Object("levels");
        var review = levels.Number("review");
        return new SyntheticVoiceModel(header.Name, header.Version, header.Licence, header.DocumentPath, header.Files)
        {
            Input = new VoiceInput(input.Text("name"), input.Integer("samples", AudioWindow.SampleRate / 4, MaxSamples)),
            MaxCuts = fields.Object("cuts").Integer("max", 1, MaxCuts),
            OutputName = output.Text("name"),
            Calibration = new Calibration(calibration.Number("a", 1e-6), calibration.Number("b")),
            // A stamp level under the review level would stamp streams that nobody is asked to review.
            Levels = new DetectorLevels(review, levels.Number("stamp", review)),
            Selftest = ReadSelftest(fields.Object("selftest"), header),
        };
    }

    private static Dictionary<string, VoiceSelftest> ReadSelftest(JsonFields selftest, PackHeader header)
    {
        var tolerances = selftest.Object("tolerance");
        var expected = selftest.Object("expected");
        var result = new Dictionary<string, VoiceSelftest>(StringComparer.Ordinal);
        foreach (var variant in Variants.Where(header.Files.ContainsKey))
            result[variant] = new VoiceSelftest(expected.Object(variant).Numbers("inputs", 1, MaxCuts), tolerances.Number(variant, 1e-6, 10));
        return result;
    }
}
