using System.Text.Json;
using IntegrityGate.Core;
using IntegrityGate.Core.Rules;
using IntegrityGate.Enforcement.Rules;

namespace IntegrityGate.Enforcement.Marks;

/// <summary>Reads a file of text marks and collects every fault with its path, for example <c>own.json: marks[3].kind</c>.</summary>
internal static class MarkDocumentReader
{
    /// <summary>512 marks a file: ten times what ships; each is compared with every line of text that is read.</summary>
    public const int MaxMarks = 512;

    /// <summary>64 characters: the longest shipped text has 18.</summary>
    public const int MaxText = 64;

    /// <summary>512 words a list.</summary>
    public const int MaxWords = 512;

    private static readonly JsonDocumentOptions _options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads a file; null with errors.</summary>
    /// <param name="json">The file's text.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="errors">Receives the faults.</param>
    public static MarkDocument? Read(string json, string file, List<ValidationError> errors)
    {
        var own = new List<ValidationError>();
        try
        {
            using var document = JsonDocument.Parse(json, _options);
            var root = new PackNode(document.RootElement, file + ": ", own);
            if (!root.IsObject)
                own.Add(new ValidationError(file, "a file of marks is a JSON object"));
            else if (ReadDocument(root) is var read && own.Count == 0)
                return read;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            // The others: half a surrogate pair fails before the parser, or, escaped, where the text is taken.
            own.Add(new ValidationError(file, "no JSON: " + exception.Message));
        }

        errors.AddRange(own);
        return null;
    }

    private static MarkDocument ReadDocument(PackNode node)
    {
        node.Number("schema", MarkDocument.Schema, MarkDocument.Schema);
        var marks = new List<TextMark>();
        foreach (var child in node.Children("marks"))
        {
            var mark = ReadMark(child);
            if (mark.Id.Length > 0 && marks.Exists(other => other.Id == mark.Id))
                child.Fault("id", $"{mark.Id} stands twice");
            marks.Add(mark);
        }

        if (marks.Count > MaxMarks)
            node.Fault("marks", $"over {MaxMarks} marks");
        var document = new MarkDocument
        {
            Version = node.Text("version"),
            Marks = [.. marks],
            Without = Words(node, "without"),
            Fillers = Words(node, "fillers"),
            Makers = Words(node, "makers"),
            Suffixes = Words(node, "suffixes"),
            Negations = Words(node, "negations"),
        };
        node.RejectUnknownKeys();
        return document;
    }

    private static ValueList<string> Words(PackNode node, string key)
    {
        var words = node.Texts(key, required: false);
        if (words.Count > MaxWords)
            node.Fault(key, $"over {MaxWords} words");
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].Length > MaxText)
                node.Fault($"{key}[{i}]", $"over {MaxText} characters");
        }

        return words;
    }

    private static TextMark ReadMark(PackNode node)
    {
        var mark = new TextMark(
            node.Text("id"),
            node.Text("owner"),
            node.Choice<MarkKind?>("kind", null, ("statement", MarkKind.Statement), ("name", MarkKind.Name), ("word", MarkKind.Word)) ?? MarkKind.Word,
            node.Choice("motion", false, ("fixed", false), ("wanders", true)),
            node.Texts("texts", required: true),
            node.Text("source"));
        node.RejectUnknownKeys();
        for (var i = 0; i < mark.Texts.Count; i++)
        {
            // Two letters are no mark: they stand in every second line.
            if (mark.Texts[i].Length > MaxText)
                node.Fault($"texts[{i}]", $"over {MaxText} characters");
            else if (MarkText.Of(mark.Texts[i]) is { Length: var length } text && length < (text.IsLatin ? 3 : 2))
                node.Fault($"texts[{i}]", "at least three letters or two Chinese characters are needed");
        }

        return mark;
    }
}
