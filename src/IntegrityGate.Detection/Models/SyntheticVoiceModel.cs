using IntegrityGate.Core.Evidence;

namespace IntegrityGate.Detection.Models;

/// <summary>A pack of the task <c>synthetic-voice</c>.</summary>
/// <param name="Name">Name; the same as the folder's.</param>
/// <param name="Version">Version.</param>
/// <param name="Licence">Licence, SPDX.</param>
/// <param name="DocumentPath">Path of the model.json.</param>
/// <param name="Files">Its files: <c>fp32</c>, <c>int8</c> or both.</param>
public sealed record SyntheticVoiceModel(
    string Name, string Version, string Licence, string DocumentPath, IReadOnlyDictionary<string, ModelFile> Files)
    : ModelPack(Name, Version, ModelTask.SyntheticVoice, Licence, DocumentPath, Files)
{
    /// <summary>The sound input.</summary>
    public required VoiceInput Input { get; init; }

    /// <summary>Most cuts of one window that are scored; they follow one another from its beginning.</summary>
    public required int MaxCuts { get; init; }

    /// <summary>Name of the output tensor: one logit a cut.</summary>
    public required string OutputName { get; init; }

    /// <summary>Score to probability.</summary>
    public required Calibration Calibration { get; init; }

    /// <summary>Review and stamp level for the mean score of a stream's independent windows.</summary>
    public required DetectorLevels Levels { get; init; }

    /// <summary>What each variant must answer to the selftest, by file key.</summary>
    public required IReadOnlyDictionary<string, VoiceSelftest> Selftest { get; init; }
}
