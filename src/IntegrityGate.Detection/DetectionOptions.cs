using IntegrityGate.Detection.Models;
using IntegrityGate.Detection.Runtime;
using IntegrityGate.Detection.Text;

namespace IntegrityGate.Detection;

/// <summary>Which detectors look, and how hard.</summary>
public sealed record DetectionOptions
{
    /// <summary>Folder of the model packs; default <c>models</c>.</summary>
    public string ModelsFolder { get; init; } = "models";

    /// <summary>Name of the <c>synthetic-frame</c> pack; null (default): the only one there is, else frame-v1.</summary>
    public string? Detector { get; init; }

    /// <summary>Name of the <c>text-reader</c> pack; null (default): the only one there is, else ppocr-v4.</summary>
    public string? Reader { get; init; }

    /// <summary>Which weights of the synthetic-frame pack run; default <see cref="ModelVariant.Auto"/>.</summary>
    public ModelVariant Variant { get; init; } = ModelVariant.Auto;

    /// <summary>Whether frames are scored by the model's sentinel first.</summary>
    public CascadeOptions Cascade { get; init; } = new();

    /// <summary>Threads of the ONNX sessions.</summary>
    public OnnxOptions Onnx { get; init; } = new();

    /// <summary>Frames scored at a time; default the number of cores, since a run uses one thread and more would only share cores.</summary>
    public int SyntheticConcurrency { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 256);

    /// <summary>How text is read.</summary>
    public TextReaderOptions Text { get; init; } = new();

    /// <summary>Folder of logo templates; empty (default): no logos are looked for. None ship.</summary>
    public string LogosFolder { get; init; } = "";

    /// <summary>Notes what is wrong, each with its path.</summary>
    /// <param name="path">Path of these options, such as <c>detection</c>.</param>
    /// <param name="errors">Receives the errors.</param>
    public void Validate(string path, ICollection<string> errors)
    {
        if (string.IsNullOrWhiteSpace(ModelsFolder))
            errors.Add($"{path}.modelsFolder: is empty");
        if (!Enum.IsDefined(Variant))
            errors.Add($"{path}.variant: is {Variant}, must be Auto, Fp32 or Int8");
        if (SyntheticConcurrency is < 1 or > 256)
            errors.Add($"{path}.syntheticConcurrency: is {SyntheticConcurrency}, must be 1 to 256");
        Cascade.Validate($"{path}.cascade", errors);
        Onnx.Validate($"{path}.onnx", errors);
        Text.Validate($"{path}.text", errors);
    }
}
