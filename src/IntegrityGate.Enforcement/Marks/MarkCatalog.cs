using System.Reflection;
using IntegrityGate.Core;
using IntegrityGate.Core.Rules;

namespace IntegrityGate.Enforcement.Marks;

/// <summary>The text marks that are looked for: those that ship and those of the operator's folder. Immutable; shared by all streams.</summary>
public sealed class MarkCatalog
{
    /// <summary>1 MiB a file: what ships has 10 KiB.</summary>
    public const long MaxFileBytes = 1024 * 1024;

    private const string ShippedFile = "marks.json";

    private MarkCatalog(MarkDocument document)
    {
        Version = document.Version;
        Marks = document.Marks;
        Document = document;
    }

    /// <summary>The marks that ship.</summary>
    public static MarkCatalog Shipped { get; } = Load(folder: null);

    /// <summary>Version of the shipped file, with those of the operator's files behind it.</summary>
    public string Version { get; }

    /// <summary>The marks.</summary>
    public ValueList<TextMark> Marks { get; }

    internal MarkDocument Document { get; }

    /// <summary>Loads what ships and an operator's <c>*.json</c> files: their words are added, a mark with a shipped id replaces that mark.</summary>
    /// <param name="folder">The operator's folder, or null.</param>
    /// <exception cref="MarkCatalogException">Some file is faulty; holds every fault.</exception>
    public static MarkCatalog Load(string? folder)
    {
        var errors = new List<ValidationError>();
        var shipped = MarkDocumentReader.Read(ReadShipped(), ShippedFile, errors);
        var own = new List<(string File, MarkDocument Document)>();
        foreach (var path in Files(folder, errors))
        {
            var name = Path.GetFileName(path);
            if (ReadFile(path, name, errors) is not { } document)
                continue;
            foreach (var mark in document.Marks.Where(mark => own.Exists(other => other.Document.Marks.Any(held => held.Id == mark.Id))))
                errors.Add(new ValidationError(name + ": marks", $"{mark.Id} stands in another file of the folder too"));
            own.Add((name, document));
        }

        foreach (var (file, document) in own)
        {
            foreach (var id in document.Without.Where(id => !shipped!.Marks.Any(mark => mark.Id == id)))
                errors.Add(new ValidationError(file + ": without", $"no shipped mark is called {id}"));
        }

        return errors.Count == 0 ? new MarkCatalog(Join(shipped!, [.. own.Select(o => o.Document)])) : throw new MarkCatalogException(errors);
    }

    private static MarkDocument Join(MarkDocument shipped, MarkDocument[] own)
    {
        MarkDocument[] all = [shipped, .. own];
        var replaced = own.SelectMany(document => document.Marks.Select(mark => mark.Id).Concat(document.Without)).ToHashSet(StringComparer.Ordinal);
        return new MarkDocument
        {
            Version = string.Join(" + ", all.Select(document => document.Version)),
            Marks = [.. shipped.Marks.Where(mark => !replaced.Contains(mark.Id)), .. own.SelectMany(document => document.Marks)],
            Fillers = Words(document => document.Fillers),
            Makers = Words(document => document.Makers),
            Suffixes = Words(document => document.Suffixes),
            Negations = Words(document => document.Negations),
        };

        ValueList<string> Words(Func<MarkDocument, ValueList<string>> of) => [.. all.SelectMany(of).Distinct(StringComparer.Ordinal)];
    }

    private static string ReadShipped()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("marks/" + ShippedFile)!);
        return reader.ReadToEnd();
    }

    private static string[] Files(string? folder, List<ValidationError> errors)
    {
        if (folder is null)
            return [];
        if (Directory.Exists(folder))
            return [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)];
        errors.Add(new ValidationError("marks.folder", $"there is no folder {folder}"));
        return [];
    }

    private static MarkDocument? ReadFile(string path, string name, List<ValidationError> errors)
    {
        try
        {
            if (new FileInfo(path).Length <= MaxFileBytes)
                return MarkDocumentReader.Read(File.ReadAllText(path), name, errors);
            errors.Add(new ValidationError(name, $"over {MaxFileBytes} bytes"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.Add(new ValidationError(name, exception.Message));
        }

        return null;
    }
}
