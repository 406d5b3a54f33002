using System.Text;
using IntegrityGate.Core.Claims;

namespace IntegrityGate.Enforcement.Tests.Claims;

public sealed class AigcJsonFuzzTests
{
    private static readonly string[] _seeds =
    [
        "{\"AIGC\":{\"Label\":\"1\",\"ContentProducer\":\"001191440300708461136T1XGW3\",\"ProduceID\":\"p\",\"ReservedCode1\":\"\",\"ContentPropagator\":\"x\",\"PropagateID\":\"y\",\"ReservedCode2\":\"\"}}",
        "\"{\\\"Label\\\":\\\"1\\\"}\"",
        "[{\"label\":2},{\"Label\":\"AIGC\"}]",
        "{\"Label\":\"\\uD83D\\uDE00\",\"ServiceUser\":null}",
        "{\"a\":[[[[{\"AIGC\":\"{}\"}]]]]}",
    ];

    [Fact]
    public void Two_hundred_thousand_broken_values_never_throw() => Run(value => AigcJson.Read(value), 200_000);

    [Fact]
    public void The_fuzzer_finds_a_seeded_defect() => Assert.ThrowsAny<Exception>(() => Run(
        value =>
        {
            using var document = System.Text.Json.JsonDocument.Parse(value);
        },
        2_000));

    private static void Run(Action<string> target, int cases)
    {
        var random = new Random(45438);
        var builder = new StringBuilder();
        for (var i = 0; i < cases; i++)
        {
            builder.Clear().Append(_seeds[random.Next(_seeds.Length)]);
            for (var edits = random.Next(1, 6); edits > 0 && builder.Length > 0; edits--)
            {
                var at = random.Next(builder.Length);
                switch (random.Next(5))
                {
                    case 0:
                        builder[at] = (char)random.Next(0x10000);
                        break;
                    case 1:
                        builder.Remove(at, Math.Min(random.Next(1, 8), builder.Length - at));
                        break;
                    case 2:
                        builder.Insert(at, "{}[]\",:\\u0 1"[random.Next(12)]);
                        break;
                    case 3:
                        builder.Insert(at, builder.ToString(at, Math.Min(random.Next(1, 16), builder.Length - at)));
                        break;
                    default:
                        builder[at] = (char)random.Next(0x20, 0x7F);
                        break;
                }
            }

            target(builder.ToString());
        }
    }
}
