using IntegrityGate.Media.Amf;

namespace IntegrityGate.Media.Tests.Amf;

/// <summary>Makes AMF values of any shape from a seed.</summary>
internal static class AmfSamples
{
    public static AmfValue Value(Random random, int depth = 0) => random.Next(depth > 4 ? 6 : 10) switch
    {
        0 => random.NextDouble() * random.Next(),
        1 => random.Next(2) == 0,
        2 => Text(random, random.Next(60)),
        3 => AmfNull.Value,
        4 => AmfUndefined.Value,
        5 => new AmfDate(random.Next()),
        6 => new AmfArray([.. Enumerable.Range(0, random.Next(5)).Select(_ => Value(random, depth + 1))]),
        7 => new AmfXml(Text(random, random.Next(40))),
        _ => Object(random, depth),
    };

    public static AmfObject Object(Random random, int depth = 0)
    {
        var isArray = random.Next(2) == 0;
        var target = new AmfObject { IsEcmaArray = isArray, ClassName = !isArray && random.Next(4) == 0 ? "Some" : null };
        for (var i = random.Next(6); i > 0; i--)
            target.Add(Text(random, random.Next(1, 12)), Value(random, depth + 1));
        return target;
    }

    // Latin, Chinese, an astral character, and bytes that are no UTF-8.
    private static string Text(Random random, int length) =>
        string.Concat(Enumerable.Range(0, length).Select(_ => random.Next(5) switch
        {
            0 => "生",
            1 => "\U0001F600",
            2 => ((char)(0xDC80 + random.Next(0x40))).ToString(),
            _ => ((char)('a' + random.Next(26))).ToString(),
        }));
}
