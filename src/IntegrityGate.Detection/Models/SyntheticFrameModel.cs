using IntegrityGate.Core.Evidence;

namespace IntegrityGate.Detection.Models;

/// <summary>A pack of the task <c>synthetic-frame</c>.</summary>
/// <param name="Name">Name; the same as the folder's.</param>
/// <param name="Version">Version.</param>
/// <param name="Licence">Licence, SPDX.</param>
/// <param name="DocumentPath">Path of the model.json.</param>
/// <param name="Files">Its files: <c>fp32</c>, <c>int8</c> or both.</param>
public sealed record SyntheticFrameModel(
    string Name, string Version, string Licence, string DocumentPath, IReadOnlyDictionary<string, ModelFile> Files)
    : ModelPack(Name, Version, ModelTask.SyntheticFrame, Licence, DocumentPath, Files)
{
    /// <summary>The picture input.</summary>
    public required ImageInput Input { get; init; }

    /// <summary>Larger frames are shrunk to this short side first, px.</summary>
    public required int ShortSideMax { get; init; }

    /// <summary>Smaller frames are enlarged to this short side, px, and then carry little evidence.</summary>
    public required int ShortSideMin { get; init; }

    /// <summary>The crops.</summary>
    public required IReadOnlyList<FrameView> Views { get; init; }

    /// <summary>Name of the output tensor: one logit a view.</summary>
    public required string OutputName { get; init; }

    /// <summary>Score to probability.</summary>
    public required Calibration Calibration { get; init; }

    /// <summary>Frames with a mean chroma below this are monochrome and out of scope: mean |Cb-128| + |Cr-128|, BT.601 full range. 0: none are.</summary>
    public required double MinMeanChroma { get; init; }

    /// <summary>Review and stamp level for the mean score of a stream's independent frames.</summary>
    public required DetectorLevels Levels { get; init; }

    /// <summary>The cheap first look; null when the pack names none, and every frame is scored by all views.</summary>
    public Sentinel? Sentinel { get; init; }

    /// <summary>What each variant must answer to the selftest, by file key.</summary>
    public required IReadOnlyDictionary<string, SelftestExpectation> Selftest { get; init; }

    /// <summary>True when another pack shows the same pixels to the network, so that the same weights give the same scores.</summary>
    public bool CutsLike(SyntheticFrameModel other) =>
        (ShortSideMax, ShortSideMin, Input.Reversed, Input.Width, Input.Height) == (other.ShortSideMax, other.ShortSideMin, other.Input.Reversed, other.Input.Width, other.Input.Height)
        && Input.Mean.SequenceEqual(other.Input.Mean) && Input.Std.SequenceEqual(other.Input.Std) && Views.SequenceEqual(other.Views);
}
