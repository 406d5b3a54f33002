using IntegrityGate.Core.Evidence;

namespace IntegrityGate.Detection.Models;

/// <summary>A model as data: one folder with a model.json beside its weights. The contract stands in models/README.md.</summary>
/// <param name="Name">Name; the same as the folder's.</param>
/// <param name="Version">Version, as its maker counts.</param>
/// <param name="Task">What it is for.</param>
/// <param name="Licence">Licence of the weights, SPDX.</param>
/// <param name="DocumentPath">Path of the model.json, for error messages.</param>
/// <param name="Files">Its files by key.</param>
public abstract record ModelPack(
    string Name, string Version, ModelTask Task, string Licence, string DocumentPath, IReadOnlyDictionary<string, ModelFile> Files)
{
    /// <summary>SHA-256 of the model.json, lower-case hex. It names the files by their hashes, so packs with the same one are the same pack; empty when it was not read off a disk.</summary>
    public string DocumentSha256 { get; init; } = "";

    /// <summary>The reference written into findings.</summary>
    /// <param name="file">The weights that spoke.</param>
    public ModelReference Reference(ModelFile file) => new(Name, Version, file.Sha256);
}
