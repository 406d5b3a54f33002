using System.Text;
using System.Text.Json;
using IntegrityGate.Detection.Models;
using IntegrityGate.Detection.Tests.Support;

namespace IntegrityGate.Detection.Tests.Models;

public sealed class ModelDocumentFuzzTests
{
    private static readonly string[] Tokens = ["null", "{}", "[]", "-1", "1e999", "1e308", "0.5", "\"\"", "\"\\ud800\"", "true", ",", "}", "]", "\u0000", "99999999999999999999"];

    [Theory]
    [InlineData("frame-v1")]
    [InlineData("ppocr-v4")]
    public void Damaged_documents_are_read_or_refused_with_reasons(string pack)
    {
        var original = File.ReadAllBytes(Path.Combine(Repository.Models, pack, "model.json"));
        var refused = 0;
        Fuzz(original, bytes =>
        {
            var errors = new List<string>();
            var read = ModelPackReader.Read(bytes, Path.Combine("models", pack), errors);
            Assert.Equal(read is null, errors.Count > 0);
            refused += read is null ? 1 : 0;
        });
        Assert.InRange(refused, 1000, 9999);
    }

    [Fact]
    public void Damaged_documents_of_voice_detectors_are_read_or_refused_with_reasons()
    {
        using var folder = new TemporaryFolder();
        ConstantVoicePack.Write(folder.In("voice"), 1);
        var refused = 0;
        Fuzz(File.ReadAllBytes(folder.In("voice", "model.json")), bytes =>
        {
            var errors = new List<string>();
            var read = ModelPackReader.Read(bytes, "models/voice", errors);
            Assert.Equal(read is null, errors.Count > 0);
            refused += read is null ? 1 : 0;
        });
        Assert.InRange(refused, 1000, 9999);
    }

    [Theory]
    [InlineData("{\"task\":\"text-reader\",\"files\":{\"\\ud800\":{}}}")]
    [InlineData("{\"task\":\"text-reader\",\"files\":{\"\u00ff\":{}}}")]
    public void A_file_key_that_is_no_text_is_refused(string json)
    {
        var errors = new List<string>();
        Assert.Null(ModelPackReader.Read(Encoding.Latin1.GetBytes(json), "models/x", errors));
        Assert.Contains(errors, e => e.EndsWith(": a name is not valid Unicode", StringComparison.Ordinal));
    }

    [Fact]
    public void The_fuzzer_finds_a_reader_that_trusts_its_fields()
    {
        var original = File.ReadAllBytes(Path.Combine(Repository.Models, "frame-v1", "model.json"));
        Assert.ThrowsAny<Exception>(() => Fuzz(original, bytes =>
        {
            JsonDocument document;
            try
            {
                document = JsonDocument.Parse(bytes);
            }
            catch (JsonException)
            {
                return;
            }

            using (document)
                document.RootElement.GetProperty("input").GetProperty("width").GetInt32();
        }));
    }

    private static void Fuzz(byte[] original, Action<byte[]> read)
    {
        var random = new Random(45438);
        for (var i = 0; i < 10_000; i++)
        {
            var bytes = original.ToList();
            for (var change = random.Next(1, 3); change > 0; change--)
                Damage(bytes, random);
            read([.. bytes]);
        }
    }

    private static void Damage(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count);
        switch (random.Next(4))
        {
            case 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at));
                break;
            case 2:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
                break;
            default:
                // A whole value after a colon becomes another.
                at = bytes.IndexOf((byte)':', at);
                if (at < 0)
                    return;
                var end = bytes.FindIndex(at + 1, b => b is (byte)',' or (byte)'\n' or (byte)'}');
                if (end < 0)
                    return;
                bytes.RemoveRange(at + 1, end - at - 1);
                bytes.InsertRange(at + 1, Encoding.UTF8.GetBytes(" " + Tokens[random.Next(Tokens.Length)]));
                break;
        }
    }
}
