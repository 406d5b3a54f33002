using IntegrityGate.Evaluating.Items;

namespace IntegrityGate.Tests.Evaluating;

public sealed class ListReaderTests
{
    private const string Header = "file\tclass\tsource\trepository\tin_training\tnote";

    private static readonly string[] s_good =
    [
        Header,
        "ai/a.jpg\tai\tswitti\tr\tno\t",
        "",
        "real/b.mp4\treal\ttalking head, television\tr\tno (same generator, text-to-video, was)\tx",
        "real/c.jpg\treal\tbsds\tr\tsame source, other items\tx\tand more",
        "real/d.jpg\treal\ttoys\tr\tyes\t",
    ];

    [Fact]
    public void Rows_are_read_by_the_names_of_their_columns()
    {
        var errors = new List<string>();
        var rows = ListReader.Read(s_good, "index.tsv", errors);
        Assert.Empty(errors);
        Assert.Equal(
        [
            new ListRow(2, "ai/a.jpg", true, "switti", Exposure.Unseen),
            new ListRow(4, "real/b.mp4", false, "talking head, television", Exposure.Unseen),
            new ListRow(5, "real/c.jpg", false, "bsds", Exposure.SameSource),
            new ListRow(6, "real/d.jpg", false, "toys", Exposure.Seen),
        ], rows);
    }

    [Theory]
    [InlineData("a.jpg\tfake\ts\tr\tno\t", "index.tsv:2: class: is 'fake', must be ai or real")]
    [InlineData("a.jpg\tai\ts\tr\tnone\t", "index.tsv:2: in_training: is 'none', must begin with no, same source or yes")]
    [InlineData("a.jpg\tai\t\tr\tno\t", "index.tsv:2: source: is empty")]
    [InlineData("\tai\ts\tr\tno\t", "index.tsv:2: file: is empty")]
    [InlineData("a.jpg\tai", "index.tsv:2: source: is empty|index.tsv:2: in_training: is empty")]
    [InlineData("a.jpg\tai\ts\tr\tno\t\na.jpg\treal\ts\tr\tno\t", "index.tsv:3: file: 'a.jpg' stands in line 2 already")]
    public void A_bad_row_is_told_with_file_line_and_field(string rows, string expected)
    {
        var errors = new List<string>();
        ListReader.Read([Header, .. rows.Split('\n')], "index.tsv", errors);
        Assert.Equal(expected.Split('|'), errors);
    }

    [Theory]
    [InlineData("", "index.tsv:1: header: the list is empty; its first line names the columns file, class, source, in_training")]
    [InlineData("file\tclass\tsource", "index.tsv:1: in_training: the header has no such column")]
    [InlineData("a.jpg\tai\ts\tno", "index.tsv:1: file: the header has no such column|index.tsv:1: class: the header has no such column|index.tsv:1: source: the header has no such column|index.tsv:1: in_training: the header has no such column")]
    [InlineData(Header, "index.tsv:1: line: the list has no rows")]
    public void A_bad_header_is_told_too(string text, string expected)
    {
        var errors = new List<string>();
        Assert.Empty(ListReader.Read([text], "index.tsv", errors));
        Assert.Equal(expected.Split('|'), errors);
    }

    [Fact]
    public void A_line_beyond_all_reason_is_refused()
    {
        var errors = new List<string>();
        ListReader.Read([Header, new string('x', ListReader.MaxLineLength + 1)], "index.tsv", errors);
        Assert.StartsWith("index.tsv:2: line: has 16385 characters", errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Spoilt_lists_are_read_or_refused_with_reasons()
    {
        var rows = 0;
        Fuzz(lines =>
        {
            var errors = new List<string>();
            var read = ListReader.Read(lines, "l", errors);
            Assert.True(read.Count > 0 || errors.Count > 0);
            Assert.All(errors, error => Assert.Matches("^l:[0-9]+: [a-z_]+: ", error));
            Assert.All(read, row => Assert.True(row.File.Length > 0 && row.Source.Length > 0 && row.Line > 1));
            rows += read.Count;
        });
        Assert.True(rows > 200_000, $"only {rows} rows were read");
    }

    [Fact]
    public void The_fuzzer_finds_a_reader_that_trusts_its_fields() => Assert.ThrowsAny<Exception>(() => Fuzz(lines =>
    {
        foreach (var line in lines.Skip(1).Where(l => l.Length > 0))
            _ = line.Split('\t')[4];
    }));

    private static void Fuzz(Action<string[]> read)
    {
        string[] tokens = ["\t", "\t\t", "\n", "\r\n", "ai", "real", "no", "yes", "\0", "\ud800", "same source", "file", Header, "\u00a0", "'"];
        var random = new Random(45438);
        var original = string.Join('\n', s_good);
        for (var i = 0; i < 200_000; i++)
        {
            var text = original;
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var at = random.Next(text.Length);
                text = random.Next(3) switch
                {
                    0 => text.Remove(at, Math.Min(random.Next(1, 30), text.Length - at)),
                    1 => text.Insert(at, tokens[random.Next(tokens.Length)]),
                    _ => string.Concat(text.AsSpan(0, at), ((char)random.Next(1, 0x3000)).ToString(), text.AsSpan(at + 1)),
                };
            }

            read(text.Split('\n'));
        }
    }
}
