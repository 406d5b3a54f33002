namespace IntegrityGate.Evaluating.Items;

/// <summary>
/// Reads a list of labelled items: a header and rows of fields with tabs between them. The columns <c>file</c>, <c>class</c>
/// (<c>ai</c>, <c>real</c>), <c>source</c> and <c>in_training</c> (<c>no…</c>, <c>same source…</c>, <c>yes…</c>) are read, in any
/// order; others are ignored. Pure: text in, rows and every error out.
/// </summary>
internal static class ListReader
{
    /// <summary>Most characters of a line: 16,384. Names, paths and notes take a few hundred.</summary>
    public const int MaxLineLength = 16 * 1024;

    /// <summary>Most rows: 1,000,000. At a tenth of a second each they take a day.</summary>
    public const int MaxRows = 1_000_000;

    private static readonly string[] s_columns = ["file", "class", "source", "in_training"];

    /// <summary>Reads a list.</summary>
    /// <param name="lines">Its lines.</param>
    /// <param name="name">Its name, for errors.</param>
    /// <param name="errors">Receives what is wrong, each as <c>name:line: field: what</c>.</param>
    public static IReadOnlyList<ListRow> Read(IEnumerable<string> lines, string name, ICollection<string> errors)
    {
        var rows = new List<ListRow>();
        var files = new Dictionary<string, int>(StringComparer.Ordinal);
        int[]? columns = null;
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (line.Length > MaxLineLength)
            {
                errors.Add($"{name}:{number}: line: has {line.Length} characters, more than {MaxLineLength}");
                continue;
            }

            if (string.IsNullOrWhiteSpace(line))
                continue;
            var fields = line.TrimEnd('\r').Split('\t');
            if (columns is null)
            {
                if ((columns = FindColumns(fields, $"{name}:{number}", errors)) is null)
                    return [];
                continue;
            }

            if (rows.Count >= MaxRows)
            {
                errors.Add($"{name}:{number}: line: a list may have {MaxRows} rows");
                return rows;
            }

            if (ReadRow(fields, columns, number, $"{name}:{number}", errors) is not { } row)
                continue;
            if (!files.TryAdd(row.File, number))
                errors.Add($"{name}:{number}: file: '{row.File}' stands in line {files[row.File]} already");
            else
                rows.Add(row);
        }

        if (columns is null)
            errors.Add($"{name}:1: header: the list is empty; its first line names the columns {string.Join(", ", s_columns)}");
        else if (rows.Count == 0 && errors.Count == 0)
            errors.Add($"{name}:{number}: line: the list has no rows");
        return rows;
    }

    private static int[]? FindColumns(string[] header, string where, ICollection<string> errors)
    {
        var before = errors.Count;
        var columns = s_columns.Select(column => Array.FindIndex(header, field => field.Trim() == column)).ToArray();
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i] < 0)
                errors.Add($"{where}: {s_columns[i]}: the header has no such column");
        }

        return errors.Count == before ? columns : null;
    }

    private static ListRow? ReadRow(string[] fields, int[] columns, int number, string where, ICollection<string> errors)
    {
        var before = errors.Count;
        var values = columns.Select(column => column < fields.Length ? fields[column].Trim() : "").ToArray();
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i].Length == 0)
                errors.Add($"{where}: {s_columns[i]}: is empty");
        }

        if (errors.Count > before)
            return null;
        if (values[1] is not ("ai" or "real"))
            errors.Add($"{where}: class: is '{values[1]}', must be ai or real");
        if (ReadExposure(values[3]) is not { } exposure)
        {
            errors.Add($"{where}: in_training: is '{values[3]}', must begin with no, same source or yes");
            return null;
        }

        return errors.Count > before ? null : new ListRow(number, values[0], values[1] == "ai", values[2], exposure);
    }

    private static Exposure? ReadExposure(string text) =>
        BeginsWith(text, "no") ? Exposure.Unseen
        : BeginsWith(text, "same source") ? Exposure.SameSource
        : BeginsWith(text, "yes") ? Exposure.Seen
        : null;

    // A remark may follow, but not a longer word: "none" is no "no".
    private static bool BeginsWith(string text, string word) =>
        text.StartsWith(word, StringComparison.Ordinal) && (text.Length == word.Length || !char.IsLetterOrDigit(text[word.Length]));
}
