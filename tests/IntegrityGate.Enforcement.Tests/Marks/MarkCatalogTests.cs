using IntegrityGate.Enforcement.Marks;

namespace IntegrityGate.Enforcement.Tests.Marks;

public sealed class MarkCatalogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("integritygate-marks-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_shipped_mark_says_where_it_is_known_from_and_is_found_as_its_owner_writes_it()
    {
        var matcher = new MarkMatcher(MarkCatalog.Shipped);
        Assert.InRange(MarkCatalog.Shipped.Marks.Count, 30, MarkDocumentReader.MaxMarks);
        foreach (var mark in MarkCatalog.Shipped.Marks)
        {
            Assert.NotEmpty(mark.Source);
            Assert.All(mark.Texts, text => Assert.Equal(mark.Owner, matcher.Match(text, 40)?.Mark.Owner));
        }
    }

    [Fact]
    public void An_operators_file_adds_replaces_and_removes_marks()
    {
        Write("own.json", """
            {
              "schema": 1, "version": "own-1", "fillers": ["频道"],
              "marks": [
                { "id": "studio", "owner": "Studio", "kind": "name", "texts": ["StudioGen"], "source": "ours" },
                { "id": "vidu", "owner": "Vidu", "kind": "word", "texts": ["Vidu"], "source": "ours: a host has this name" }
              ],
              "without": ["pika-word"]
            }
            """);
        var catalog = MarkCatalog.Load(_folder);
        var matcher = new MarkMatcher(catalog);
        Assert.Equal(MarkCatalog.Shipped.Version + " + own-1", catalog.Version);
        Assert.Equal("studio", matcher.Match("StudioGen 2", 40)?.Mark.Id);
        Assert.Equal(MarkKind.Word, matcher.Match("Vidu", 40)?.Kind);
        Assert.Null(matcher.Match("Vidu AI studio", 40));
        Assert.Null(matcher.Match("Pika", 40));
        Assert.Equal(MarkKind.Statement, matcher.Match("频道内容由AI生成", 40)?.Kind);
        Assert.Null(new MarkMatcher(MarkCatalog.Shipped).Match("频道内容由AI生成", 40));
    }

    [Fact]
    public void Every_fault_of_every_file_is_told_at_once_with_its_path()
    {
        Write("a.json", """
            {
              "schema": 2, "versoin": "x", "fillers": [""],
              "marks": [
                { "id": "", "owner": "o", "kind": "brand", "texts": ["ab", "灵"], "source": "s" },
                { "id": "x", "owner": "o", "kind": "name", "motion": "flies", "texts": [], "source": "s" },
                { "id": "x", "owner": "o", "kind": "name", "texts": ["abc"] }
              ]
            }
            """);
        Write("b.json", "{ not json");
        Write("c.json", """{ "schema": 1, "version": "1", "without": ["nobody"], "marks": [{ "id": "twice", "owner": "o", "kind": "name", "texts": ["abcd"], "source": "s" }] }""");
        Write("d.json", """{ "schema": 1, "version": "1", "marks": [{ "id": "twice", "owner": "o", "kind": "name", "texts": ["abcd"], "source": "s" }] }""");
        var paths = Assert.Throws<MarkCatalogException>(() => MarkCatalog.Load(_folder)).Errors.Select(error => error.Path).ToArray();
        Assert.Equal(
            [
                "a.json: fillers", "a.json: marks[0].id", "a.json: marks[0].kind", "a.json: marks[0].texts[0]", "a.json: marks[0].texts[1]",
                "a.json: marks[1].motion", "a.json: marks[1].texts", "a.json: marks[2].id", "a.json: marks[2].source", "a.json: schema", "a.json: version",
                "a.json: versoin", "b.json", "c.json: without", "d.json: marks",
            ],
            paths.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_a_fault() =>
        Assert.Equal("marks.folder", Assert.Single(Assert.Throws<MarkCatalogException>(() => MarkCatalog.Load(Path.Combine(_folder, "none"))).Errors).Path);

    /// <summary>An operator's file may be anything: 200,000 damaged copies of a small one are refused or read, never thrown at.</summary>
    [Fact]
    public void A_damaged_file_is_read_or_refused_never_an_exception()
    {
        const string Sound = """{"schema":1,"version":"1","marks":[{"id":"a","owner":"o","kind":"name","motion":"fixed","texts":["abc","可灵"],"source":"s"}],"without":["b"],"fillers":["x"]}""";
        const string Damage = "{}[]\",:0129aZ\\u\uD83D x";
        var random = new Random(17);
        var read = 0;
        for (var i = 0; i < 200_000; i++)
        {
            var text = Sound.ToCharArray();
            for (var hits = random.Next(3); hits > 0; hits--)
                text[random.Next(text.Length)] = Damage[random.Next(Damage.Length)];
            var errors = new List<Core.Rules.ValidationError>();
            var document = MarkDocumentReader.Read(new string(text), "x.json", errors);
            Assert.Equal(document is null, errors.Count > 0);
            read += document is null ? 0 : 1;
        }

        Assert.InRange(read, 50_000, 150_000);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
