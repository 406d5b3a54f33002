namespace IntegrityGate.Detection.Models;

/// <summary>The fields that every model.json has.</summary>
/// <param name="Name">Name of the pack.</param>
/// <param name="Version">Version.</param>
/// <param name="Licence">Licence.</param>
/// <param name="DocumentPath">Path of the model.json.</param>
/// <param name="Files">Files by key.</param>
/// <param name="Entries">The fields of <c>files</c>, for errors.</param>
internal sealed record PackHeader(
    string Name, string Version, string Licence, string DocumentPath, IReadOnlyDictionary<string, ModelFile> Files, JsonFields Entries)
{
    /// <summary>Notes the file keys that are missing and those that the task does not know.</summary>
    public void CheckFiles(ReadOnlySpan<string> required, ReadOnlySpan<string> optional)
    {
        foreach (var key in required)
        {
            if (!Files.ContainsKey(key))
                Entries.Error(key, "is missing");
        }

        foreach (var key in Files.Keys)
        {
            if (!required.Contains(key) && !optional.Contains(key))
                Entries.Error(key, $"is unknown; known are {string.Join(", ", [.. required, .. optional])}");
        }
    }
}
