using System.Security.Cryptography;

namespace IntegrityGate.Evaluating.Items;

/// <summary>A labelled set of pictures and clips.</summary>
/// <param name="Items">The items, in the order of lists and names.</param>
/// <param name="Duplicates">Items left out because another one before them has the same bytes.</param>
internal sealed record EvaluationSet(IReadOnlyList<EvaluationItem> Items, int Duplicates)
{
    /// <summary>Name of the list that is looked for in a folder.</summary>
    public const string ListName = "index.tsv";

    /// <summary>
    /// Loads lists and folders. A folder with an <c>index.tsv</c> is that list; any other has the form
    /// <c>{ai,real}/[source/]file</c> and is taken for material that no model was trained on.
    /// </summary>
    /// <param name="paths">Lists and folders.</param>
    /// <exception cref="EvaluationSetException">Something is wrong; it holds every error.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static EvaluationSet Load(IEnumerable<string> paths)
    {
        var errors = new List<string>();
        var items = new List<EvaluationItem>();
        foreach (var path in paths)
        {
            if (File.Exists(path))
                items.AddRange(LoadList(path, errors));
            else if (File.Exists(Path.Combine(path, ListName)))
                items.AddRange(LoadList(Path.Combine(path, ListName), errors));
            else if (Directory.Exists(path))
                items.AddRange(LoadFolder(path, errors));
            else
                errors.Add($"{path}: is neither a list nor a folder");
        }

        if (errors.Count > 0)
            throw new EvaluationSetException(errors);
        var kept = new Dictionary<string, EvaluationItem>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            var hash = HashOf(item.Path);
            if (!kept.TryAdd(hash, item) && kept[hash].IsSynthetic != item.IsSynthetic)
                errors.Add($"{item.Path}: class: is {item.Class}, and {kept[hash].Path} with the same bytes is {kept[hash].Class}");
        }

        return errors.Count > 0 ? throw new EvaluationSetException(errors) : new EvaluationSet([.. kept.Values], items.Count - kept.Count);
    }

    private static List<EvaluationItem> LoadList(string path, List<string> errors)
    {
        var items = new List<EvaluationItem>();
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        foreach (var row in ListReader.Read(File.ReadLines(path), path, errors))
        {
            var file = Path.GetFullPath(Path.Combine(folder, row.File));
            if (MediaForm.IsClip(file) is not { } isClip)
                errors.Add($"{path}:{row.Line}: file: '{row.File}' is no known picture or clip: {MediaForm.Known}");
            else if (!File.Exists(file))
                errors.Add($"{path}:{row.Line}: file: '{row.File}' does not exist");
            else
                items.Add(new EvaluationItem(file, row.File, row.IsSynthetic, row.Source, row.Exposure, isClip));
        }

        return items;
    }

    private static List<EvaluationItem> LoadFolder(string path, List<string> errors)
    {
        var items = new List<EvaluationItem>();
        foreach (var className in (string[])["ai", "real"])
        {
            var folder = Path.Combine(path, className);
            if (!Directory.Exists(folder))
                continue;
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                if (MediaForm.IsClip(file) is not { } isClip)
                    continue;
                var parts = Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar);
                var source = parts.Length > 1 ? parts[0] : className;
                items.Add(new EvaluationItem(Path.GetFullPath(file), $"{className}/{string.Join('/', parts)}", className == "ai", source, Exposure.Unseen, isClip));
            }
        }

        if (items.Count == 0)
            errors.Add($"{path}: has neither an {ListName} nor pictures or clips in ai/ and real/");
        return items;
    }

    private static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexString(SHA256.HashData(file));
    }
}
