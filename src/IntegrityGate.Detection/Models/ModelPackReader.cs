using System.Buffers;
using System.Text;
using System.Text.Json;

namespace IntegrityGate.Detection.Models;

/// <summary>
/// Reads a model.json: bytes in, a pack or every error out. Fields that it does not know (notes, meanings, figures of the card)
/// are allowed and ignored. Pure: it opens no file.
/// </summary>
internal static class ModelPackReader
{
    /// <summary>Largest model.json read: 1 MiB. frame-v1's is 3 KB.</summary>
    public const int MaxDocumentBytes = 1 << 20;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private static readonly (string Name, Func<JsonFields, PackHeader, ModelPack> Read)[] Tasks =
    [
        ("synthetic-frame", SyntheticFrameSchema.Read),
        ("synthetic-voice", SyntheticVoiceSchema.Read),
        ("text-reader", TextReaderSchema.Read),
    ];

    /// <summary>Reads a document.</summary>
    /// <param name="json">The bytes of the model.json, UTF-8.</param>
    /// <param name="folder">Path of its folder; the folder's name must be the pack's.</param>
    /// <param name="errors">Receives what is wrong, each with file and JSON path.</param>
    /// <returns>The pack; null when there were errors.</returns>
    public static ModelPack? Read(ReadOnlyMemory<byte> json, string folder, ICollection<string> errors)
    {
        var documentPath = Path.Combine(folder, "model.json");
        var found = new List<string>();
        var pack = Read(json, folder, documentPath, found);
        foreach (var error in found)
            errors.Add($"{documentPath}: {error}");
        return found.Count == 0 ? pack : null;
    }

    private static ModelPack? Read(ReadOnlyMemory<byte> json, string folder, string documentPath, List<string> errors)
    {
        if (json.Length > MaxDocumentBytes)
        {
            errors.Add($"$: has {json.Length} bytes, more than {MaxDocumentBytes}");
            return null;
        }

        JsonDocument document;
        try
        {
            var text = json.Span.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
            document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 16, AllowDuplicateProperties = false });
        }
        catch (JsonException e)
        {
            errors.Add($"$: is not valid JSON: {e.Message}");
            return null;
        }
        catch (InvalidOperationException)
        {
            // What Parse throws for a name that holds an escaped lone surrogate.
            errors.Add("$: a name is not valid Unicode");
            return null;
        }

        using (document)
        {
            var fields = new JsonFields(document.RootElement, "", errors);
            if (errors.Count > 0)
                return null;
            var before = errors.Count;
            var task = fields.OneOf("task", [.. Tasks.Select(t => t.Name)]);
            var schema = errors.Count == before ? Tasks.First(t => t.Name == task).Read : null;
            var header = ReadHeader(fields, folder, documentPath);
            return schema?.Invoke(fields, header);
        }
    }

    private static PackHeader ReadHeader(JsonFields fields, string folder, string documentPath)
    {
        var name = fields.Text("name");
        var folderName = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        if (name.Length > 0 && name != folderName)
            fields.Error("name", $"is '{name}', must be the folder's name '{folderName}'");
        var files = new Dictionary<string, ModelFile>(StringComparer.Ordinal);
        var entries = fields.Object("files");
        foreach (var key in entries.Names())
        {
            var entry = entries.Object(key);
            var file = entry.Text("file");
            // A pack names files of its own folder only.
            if (file.Contains('/', StringComparison.Ordinal) || file.Contains('\\', StringComparison.Ordinal) || file is "." or ".." || file.Contains('\0', StringComparison.Ordinal))
                entry.Error("file", $"is '{file}', must be a plain file name inside the folder");
            var sha256 = entry.Text("sha256");
            if (sha256.Length > 0 && (sha256.Length != 64 || sha256.AsSpan().ContainsAnyExcept(HexDigits)))
                entry.Error("sha256", $"is '{sha256}', must be 64 lower-case hex digits");
            files[key] = new ModelFile(key, Path.Combine(folder, file.Replace("\0", "", StringComparison.Ordinal)), sha256);
        }

        return new PackHeader(name, fields.Text("version"), fields.Text("licence"), documentPath, files, entries);
    }
}
