using System.Text;
using System.Text.Json;

namespace IntegrityGate.Core.Claims;

/// <summary>
/// Reads and writes the value of an <c>AIGC</c> property (GB 45438-2025 Annex E). The reader takes every form seen in the
/// wild and never throws; the writer gives one form only: bare JSON, as the TC260 container guides have it.
/// </summary>
/// <remarks>
/// <para>What a value claims: <c>Label</c> 1 is generated, 2 may be, 3 suspected (Annex E). "AIGC" in that place, as some
/// generators write it, is read as 1: the generator itself says so.</para>
/// <para>An <c>AIGC</c> property that is there and cannot be read, or whose <c>Label</c> is missing or unknown, claims
/// <em>suspected</em>. Ground: art. 6(1) of the CAC Measures asks for an implicit label that was verified, which this is not;
/// nobody declared, so 6(2) is out; but a mark that only generated content carries is one of the "other traces" of 6(3).
/// An empty property and <c>Label</c> "0" claim nothing.</para>
/// </remarks>
public static class AigcJson
{
    /// <summary>Name of the property in <c>onMetaData</c> and of the tag in containers (TC260 container guides).</summary>
    public const string PropertyName = "AIGC";

    /// <summary>16 Ki characters: a label with two signatures of 4,096 bits is about 2,000 characters; a stranger gets no more of our time.</summary>
    public const int MaxReadCharacters = 16 * 1024;

    /// <summary>8 levels of nesting: the deepest form seen, a wrapped label encoded twice, has three.</summary>
    public const int MaxDepth = 8;

    /// <summary>8 labels: one is allowed; a few are kept so that a disagreement can be shown.</summary>
    public const int MaxLabels = 8;

    /// <summary>A written value stays under 1,024 bytes: common servers keep no longer metadata strings.</summary>
    public const int MaxWrittenBytes = 1023;

    private static readonly JsonDocumentOptions _options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = MaxDepth,
    };

    /// <summary>Reads a value.</summary>
    /// <param name="value">The property's value as it stands in the container; null when there is no such property.</param>
    /// <returns>What it says and which checks it failed. Nothing is thrown, whatever the value.</returns>
    public static AigcReading Read(string? value)
    {
        var text = value?.Trim('\0', '\uFEFF', ' ', '\t', '\r', '\n');
        if (string.IsNullOrEmpty(text))
            return AigcReading.NotFound;
        if (text.Length > MaxReadCharacters)
            return Unreadable(new AigcFinding(AigcCheck.Size, $"The value has {text.Length} characters; at most {MaxReadCharacters} are read."));
        var collector = new AigcCollector();
        if (!TryParse(text, out var document))
            return Unreadable(new AigcFinding(AigcCheck.Json, "The value is no JSON."));
        using (document)
            collector.Collect(document.RootElement, depth: 0);
        return collector.ToReading();
    }

    /// <summary>Writes a label as bare JSON with the seven fields of Annex E in their order.</summary>
    /// <param name="label">The label; its <c>Label</c> is "1", "2" or "3".</param>
    /// <returns>ASCII JSON. Characters outside the set of Annex E j), which only an inbound label can bring, are written as <c>\u</c> escapes, so that its values come out as they went in.</returns>
    /// <exception cref="ArgumentException">The label's attribute is unknown or the JSON is over <see cref="MaxWrittenBytes"/>.</exception>
    public static string Write(AigcLabel label) => TryWrite(label, out var json, out var reason) ? json : throw new ArgumentException(reason, nameof(label));

    /// <summary>Writes a label, or says why not.</summary>
    /// <param name="label">The label.</param>
    /// <param name="json">The JSON; empty on failure.</param>
    /// <param name="reason">Why not; empty on success.</param>
    public static bool TryWrite(AigcLabel label, out string json, out string reason)
    {
        json = reason = "";
        if (label.Label is not ("1" or "2" or "3"))
        {
            reason = "Label must be \"1\", \"2\" or \"3\" (GB 45438-2025 Annex E).";
            return false;
        }

        var builder = new StringBuilder("{");
        Append(builder, "Label", label.Label);
        Append(builder, "ContentProducer", label.ContentProducer);
        Append(builder, "ProduceID", label.ProduceId);
        Append(builder, "ReservedCode1", label.ReservedCode1);
        Append(builder, "ContentPropagator", label.ContentPropagator);
        Append(builder, "PropagateID", label.PropagateId);
        Append(builder, "ReservedCode2", label.ReservedCode2);
        builder.Append('}');
        if (builder.Length > MaxWrittenBytes)
        {
            reason = $"The label takes {builder.Length} bytes; at most {MaxWrittenBytes} pass through common servers.";
            return false;
        }

        json = builder.ToString();
        return true;
    }

    /// <summary>True when a value keeps to the character set of Annex E j): 0x21, 0x23-0x5B, 0x5D-0x7E and an escaped quotation mark.</summary>
    /// <param name="value">The value, unescaped.</param>
    public static bool InCharset(string value) => value.AsSpan().IndexOfAnyExceptInRange('\x21', '\x7E') < 0 && !value.Contains('\\', StringComparison.Ordinal);

    internal static bool TryParse(string text, out JsonDocument document)
    {
        try
        {
            // Through bytes: a lone surrogate makes the string overload throw something else.
            document = JsonDocument.Parse(Encoding.UTF8.GetBytes(text), _options);
            return true;
        }
        catch (JsonException)
        {
            document = null!;
            return false;
        }
    }

    private static AigcReading Unreadable(AigcFinding finding) => new(AigcVerdict.Inconclusive, [], AigcAttribute.Suspected, [finding]);

    private static void Append(StringBuilder builder, string name, string value)
    {
        if (builder.Length > 1)
            builder.Append(',');
        builder.Append('"').Append(name).Append("\":\"");
        foreach (var character in value)
        {
            if (character is '"' or '\\')
                builder.Append('\\').Append(character);
            else if (character is >= '\x21' and <= '\x7E')
                builder.Append(character);
            else
                builder.Append("\\u").Append(((int)character).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
        }

        builder.Append('"');
    }
}
