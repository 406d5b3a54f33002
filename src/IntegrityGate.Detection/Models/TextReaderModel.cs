namespace IntegrityGate.Detection.Models;

/// <summary>A pack of the task <c>text-reader</c>: a DB line detector and a CTC recogniser with its dictionary.</summary>
/// <param name="Name">Name; the same as the folder's.</param>
/// <param name="Version">Version.</param>
/// <param name="Licence">Licence, SPDX.</param>
/// <param name="DocumentPath">Path of the model.json.</param>
/// <param name="Files">Its files: <c>detection</c>, <c>recognition</c>, <c>dictionary</c>.</param>
public sealed record TextReaderModel(
    string Name, string Version, string Licence, string DocumentPath, IReadOnlyDictionary<string, ModelFile> Files)
    : ModelPack(Name, Version, ModelTask.TextReader, Licence, DocumentPath, Files)
{
    /// <summary>The detector's input; width and height are free.</summary>
    public required ImageInput DetectionInput { get; init; }

    /// <summary>Name of the detector's output: a map of the text's probability, one value a px.</summary>
    public required string DetectionOutput { get; init; }

    /// <summary>The detector's width and height must be multiples of this, px.</summary>
    public required int SizeMultiple { get; init; }

    /// <summary>Map values above this belong to a line's core, 0..1.</summary>
    public required double BinaryThreshold { get; init; }

    /// <summary>A region with a lower mean is no line, 0..1.</summary>
    public required double BoxThreshold { get; init; }

    /// <summary>
    /// How far a core is grown to the whole line: by area * ratio / perimeter (the detector is trained on shrunk cores; Liao et al.,
    /// "Real-time Scene Text Detection with Differentiable Binarization", 2020).
    /// </summary>
    public required double UnclipRatio { get; init; }

    /// <summary>The recogniser's input; the height is fixed, the width is free.</summary>
    public required ImageInput RecognitionInput { get; init; }

    /// <summary>Name of the recogniser's output: one row of class probabilities a time step.</summary>
    public required string RecognitionOutput { get; init; }

    /// <summary>Index of the CTC blank.</summary>
    public required int BlankIndex { get; init; }

    /// <summary>True when the class after the dictionary's last is the space.</summary>
    public required bool AppendSpace { get; init; }

    /// <summary>Lines with a lower mean character confidence are not reported, 0..1.</summary>
    public required double MinConfidence { get; init; }
}
