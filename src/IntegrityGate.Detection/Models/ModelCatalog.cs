using System.Security.Cryptography;

namespace IntegrityGate.Detection.Models;

/// <summary>The model packs of a folder, read and checked. Immutable: a changed folder is a new catalog.</summary>
public sealed class ModelCatalog
{
    private ModelCatalog(string folder, IReadOnlyList<ModelPack> packs)
    {
        Folder = folder;
        Packs = packs;
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Its packs, ordered by name.</summary>
    public IReadOnlyList<ModelPack> Packs { get; }

    /// <summary>Reads every <c>&lt;folder&gt;/&lt;name&gt;/model.json</c>, checks it against its task's schema and its files against their hashes.</summary>
    /// <param name="folder">The models folder.</param>
    /// <exception cref="ModelPackException">The folder or a pack is wrong; it holds the errors of all packs.</exception>
    public static ModelCatalog Load(string folder)
    {
        if (!Directory.Exists(folder))
            throw new ModelPackException([$"{folder}: is no folder"]);
        var errors = new List<string>();
        var packs = new List<ModelPack>();
        foreach (var path in Directory.GetDirectories(folder).Order(StringComparer.Ordinal))
        {
            if (Path.GetFileName(path).StartsWith('.'))
                continue;
            if (ReadPack(path, errors) is not { } pack)
                continue;
            packs.Add(pack);
            foreach (var file in pack.Files.Values)
            {
                if (file.Check() is { } error)
                    errors.Add($"{pack.DocumentPath}: {error}");
            }
        }

        return errors.Count > 0 ? throw new ModelPackException(errors) : new ModelCatalog(folder, packs);
    }

    /// <summary>Picks the pack of a task.</summary>
    /// <typeparam name="TPack">The task's type of pack.</typeparam>
    /// <param name="name">Name of the pack; null: the only one there is, else the one named <paramref name="preferred"/>.</param>
    /// <param name="preferred">The pack taken when no name is given and there are several.</param>
    /// <exception cref="ModelPackException">There is none, or the choice is not clear.</exception>
    public TPack Select<TPack>(string? name, string preferred)
        where TPack : ModelPack
    {
        var candidates = Packs.OfType<TPack>().ToList();
        var choice = name is not null ? candidates.Find(p => p.Name == name)
            : candidates.Count == 1 ? candidates[0]
            : candidates.Find(p => p.Name == preferred);
        if (choice is not null)
            return choice;
        var there = candidates.Count == 0 ? "there is none" : "there are " + string.Join(", ", candidates.Select(p => p.Name));
        throw new ModelPackException([name is null ? $"{Folder}: no pack to choose as {typeof(TPack).Name}: {there}" : $"{Folder}: no {typeof(TPack).Name} is named '{name}': {there}"]);
    }

    private static ModelPack? ReadPack(string path, List<string> errors)
    {
        var document = Path.Combine(path, "model.json");
        try
        {
            if (new FileInfo(document) is { Exists: true, Length: > ModelPackReader.MaxDocumentBytes })
            {
                errors.Add($"{document}: $: is larger than {ModelPackReader.MaxDocumentBytes} bytes");
                return null;
            }

            var json = File.ReadAllBytes(document);
            return ModelPackReader.Read(json, path, errors) is { } pack ? pack with { DocumentSha256 = Convert.ToHexStringLower(SHA256.HashData(json)) } : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.Add(File.Exists(document) ? $"{document}: cannot be read: {e.Message}" : $"{document}: is missing");
            return null;
        }
    }
}
