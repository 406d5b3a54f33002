using System.Text.Json;
using IntegrityGate.Detection.Models;

namespace IntegrityGate.Detection.Logos;

/// <summary>Reads a folder of logo templates: <c>logos.json</c> and the PNG files that it names. Every fault is told at once.</summary>
internal static class LogoPackReader
{
    /// <summary>The document's name.</summary>
    public const string DocumentName = "logos.json";

    /// <summary>1 MiB: 32 logos take some 8 KB.</summary>
    public const long MaxDocumentBytes = 1 << 20;

    /// <summary>32 logos: each is looked for on every frame.</summary>
    public const int MaxLogos = 32;

    private static readonly (string Name, LogoPlaces Places)[] _places =
    [
        ("anyCorner", LogoPlaces.AnyCorner), ("anyEdge", LogoPlaces.AnyEdge), ("topLeft", LogoPlaces.TopLeft), ("top", LogoPlaces.Top),
        ("topRight", LogoPlaces.TopRight), ("left", LogoPlaces.Left), ("right", LogoPlaces.Right), ("bottomLeft", LogoPlaces.BottomLeft),
        ("bottom", LogoPlaces.Bottom), ("bottomRight", LogoPlaces.BottomRight),
    ];

    /// <summary>Reads the folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="errors">Receives what is wrong, each with its path.</param>
    /// <returns>The templates; none when there were errors.</returns>
    public static IReadOnlyList<LogoTemplate> Read(string folder, ICollection<string> errors)
    {
        var path = Path.Combine(folder, DocumentName);
        try
        {
            if (new FileInfo(path) is { Exists: true } file && file.Length > MaxDocumentBytes)
            {
                errors.Add($"{path}: has over {MaxDocumentBytes} bytes");
                return [];
            }

            return Read(File.ReadAllBytes(path), folder, errors);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.Add($"{path}: {exception.Message}");
            return [];
        }
    }

    /// <summary>Reads the document.</summary>
    /// <param name="json">Its bytes, UTF-8.</param>
    /// <param name="folder">Where its files lie.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public static IReadOnlyList<LogoTemplate> Read(ReadOnlyMemory<byte> json, string folder, ICollection<string> errors)
    {
        var found = new List<string>();
        var templates = new List<LogoTemplate>();
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            var fields = new JsonFields(document.RootElement, "", found);
            if (found.Count == 0)
                ReadDocument(fields, folder, templates);
        }
        catch (JsonException exception)
        {
            found.Add($"$: is not valid JSON: {exception.Message}");
        }
        catch (InvalidOperationException)
        {
            // What Parse throws for a name that holds an escaped lone surrogate.
            found.Add("$: a name is not valid Unicode");
        }

        if (found.Count == 0 && templates.Sum(LogoCost.Of) is var cost && cost > LogoCost.Most)
            found.Add($"logos: looking for them takes {cost / 1e6:0} million multiplications a frame, over {LogoCost.Most / 1e6:0}; narrow places or heights");
        foreach (var error in found)
            errors.Add($"{Path.Combine(folder, DocumentName)}: {error}");
        return found.Count == 0 ? templates : [];
    }

    private static void ReadDocument(JsonFields fields, string folder, List<LogoTemplate> templates)
    {
        fields.Integer("schema", 1, 1);
        fields.Text("version");
        foreach (var logo in fields.Objects("logos", 1, MaxLogos))
        {
            var name = logo.Text("name");
            if (name.Length > 0 && templates.Exists(other => other.Name == name))
                logo.Error("name", $"{name} stands twice");
            var place = logo.OneOf("place", [.. _places.Select(p => p.Name)]);
            var least = logo.Number("minHeight", 0.025, 0.25);
            var most = logo.Number("maxHeight", 0.025, 0.25);
            if (most < least)
                logo.Error("maxHeight", $"is {most}, under minHeight {least}");
            var score = logo.Number("minScore", 0.4, 0.99);
            var ground = logo.Has("ground") ? (byte)logo.Integer("ground", 0, 255) : LogoScales.DefaultGround;
            var generator = logo.Text("generator");
            if (ReadArtwork(logo, folder) is { } artwork)
                templates.Add(new LogoTemplate(name, generator, artwork, _places.FirstOrDefault(p => p.Name == place).Places, least, most, score, ground));
        }
    }

    private static LogoArtwork? ReadArtwork(JsonFields logo, string folder)
    {
        var file = logo.Text("file");
        if (file.Length == 0)
            return null;
        // A pack names files of its own folder only.
        if (file != Path.GetFileName(file) || file.Contains('\\', StringComparison.Ordinal) || file.Contains('\0', StringComparison.Ordinal) || file is "." or "..")
        {
            logo.Error("file", $"is '{file}', must be a plain file name inside the folder");
            return null;
        }

        if (LogoArtworkReader.Read(Path.Combine(folder, file), out var error) is { } artwork)
            return artwork;
        logo.Error("file", $"{file} {error}");
        return null;
    }
}
