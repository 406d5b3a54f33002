using System.Buffers;
using System.Globalization;
using FsCheck.Xunit;
using IntegrityGate.Media.Amf;

namespace IntegrityGate.Media.Tests.Amf;

public sealed class Amf0Tests
{
    public static TheoryData<string, AmfValue> Golden => new()
    {
        { "00 3FF0000000000000", 1.0 },
        { "01 01", true },
        { "01 00", false },
        { "02 0003 616263", "abc" },
        { "05", AmfNull.Value },
        { "06", AmfUndefined.Value },
        { "03 0001 61 02 0001 62 000009", new AmfObject { { "a", "b" } } },
        { "0A 00000002 05 0101", new AmfArray([AmfNull.Value, true]) },
        { "0B 4070000000000000 0000", new AmfDate(256) },
        { "0F 00000004 3C612F3E", new AmfXml("<a/>") },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void Golden_bytes_both_ways(string hex, AmfValue value)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(value, Read(bytes));
        Assert.Equal(bytes, Write(value));
    }

    public static TheoryData<string, AmfValue> Lenient => new()
    {
        { "08 00000000 0001 61 0101 000009", Ecma(("a", true)) }, // a count of zero is no count
        { "08 0000000A 0001 61 0101 000009", Ecma(("a", true)) }, // nor is one too many
        { "08 00000001 0001 61 0101", Ecma(("a", true)) }, // no end marker
        { "03 0001 61 0101", new AmfObject { { "a", true } } }, // no end marker
        { "03 0000 0101 000009", new AmfObject { { "", true } } }, // an empty name
        { "0D", AmfUndefined.Value }, // unsupported
        { "07 0001", new AmfReference(1) },
        { "0C 00000001 61", "a" },
        { "10 0001 43 0001 61 05 000009", WithClass("C", ("a", AmfNull.Value)) },
        { "11 06 07 616263", "abc" }, // AMF3 behind its marker
        { "08 00000001 0001 61 0A 00000001 00 0000000000000000 000009", Ecma(("a", new AmfArray([0.0]))) }, // strict array within metadata
        { "02 0001 FF", "\uDCFF" }, // no UTF-8
    };

    [Theory]
    [MemberData(nameof(Lenient))]
    public void What_encoders_really_send_is_read(string hex, AmfValue value) =>
        Assert.Equal(value, Read(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))));

    [Fact]
    public void Damage_keeps_what_came_before_it()
    {
        var reader = new Amf0Reader(Convert.FromHexString("030001610101000162" + "04"), AmfLimits.Default);
        Assert.Equal(AmfReadStatus.Malformed, reader.Read(out var value));
        Assert.Equal(new AmfObject { { "a", true } }, value);
        Assert.Contains("0x04", reader.Error, StringComparison.Ordinal);
        Assert.Equal(AmfReadStatus.Malformed, reader.Read(out _));
    }

    public static TheoryData<string, byte[]> Breaches => new()
    {
        { nameof(AmfLimits.MaxDepth), [.. Enumerable.Repeat<byte[]>([0x03, 0, 1, 97], 5).SelectMany(part => part)] },
        { nameof(AmfLimits.MaxItems), [0x0A, 0, 0, 0, 20, .. Enumerable.Repeat((byte)5, 20)] },
        { nameof(AmfLimits.MaxStringBytes), [0x02, 0, 11, .. new byte[11]] },
        { nameof(AmfLimits.MaxDepth), [0x11, .. Enumerable.Repeat<byte[]>([0x09, 3, 1], 5).SelectMany(part => part)] },
        { nameof(AmfLimits.MaxItems), [0x11, 0x09, 41, 1, .. Enumerable.Repeat((byte)1, 20)] },
        { nameof(AmfLimits.MaxStringBytes), [0x11, 0x06, 23, .. new byte[11]] },
    };

    [Theory]
    [MemberData(nameof(Breaches))]
    public void A_breach_names_its_limit(string limit, byte[] bytes)
    {
        var reader = new Amf0Reader(bytes, new AmfLimits(3, 10, 10));
        Assert.Equal(AmfReadStatus.Malformed, reader.Read(out _));
        Assert.Equal(limit, reader.BreachedLimit);
    }

    [Fact]
    public void A_count_of_four_thousand_millions_costs_nothing()
    {
        var reader = new Amf0Reader(Convert.FromHexString("0AFFFFFFFF05"), AmfLimits.Default);
        Assert.Equal(AmfReadStatus.Malformed, reader.Read(out _));
    }

    [Property(MaxTest = 500)]
    public bool What_is_written_is_read_back(int seed)
    {
        var value = AmfSamples.Value(new Random(seed));
        return value.Equals(Read(Write(value)));
    }

    [Property(MaxTest = 500)]
    public bool Any_bytes_survive_as_text(byte[] bytes)
    {
        var text = AmfText.Decode(bytes);
        var back = new byte[AmfText.ByteCount(text)];
        AmfText.Encode(text, back);
        return back.AsSpan().SequenceEqual(bytes);
    }

    [Theory]
    [InlineData("E7949F", "751F")]
    [InlineData("C9FA", "DCC9 DCFA")] // the same character in GBK
    [InlineData("EDB280", "DCED DCB2 DC80")] // an encoded surrogate is no UTF-8
    [InlineData("F09F9880", "D83D DE00")]
    [InlineData("61FF62", "0061 DCFF 0062")]
    public void Bytes_that_are_no_UTF8_keep_their_place(string hex, string units) =>
        Assert.Equal(units, string.Join(' ', AmfText.Decode(Convert.FromHexString(hex)).Select(unit => ((int)unit).ToString("X4", CultureInfo.InvariantCulture))));

    [Fact]
    public void A_long_text_is_written_as_a_long_string()
    {
        var text = new string('x', 70_000);
        var bytes = Write(text);
        Assert.Equal(0x0C, bytes[0]);
        Assert.Equal(text, Read(bytes, new AmfLimits(16, 100, 100_000)));
    }

    private static AmfValue Read(byte[] bytes, AmfLimits? limits = null)
    {
        var reader = new Amf0Reader(bytes, limits ?? AmfLimits.Default);
        Assert.True(reader.Read(out var value) == AmfReadStatus.Ok, reader.Error);
        Assert.Equal(bytes.Length, reader.Position);
        Assert.Equal(AmfReadStatus.End, reader.Read(out _));
        return value;
    }

    private static byte[] Write(AmfValue value)
    {
        var output = new ArrayBufferWriter<byte>();
        new Amf0Writer(output).Write(value);
        return output.WrittenSpan.ToArray();
    }

    private static AmfObject Ecma(params (string Name, AmfValue Value)[] properties) => Fill(new AmfObject { IsEcmaArray = true }, properties);

    private static AmfObject WithClass(string name, params (string Name, AmfValue Value)[] properties) => Fill(new AmfObject { ClassName = name }, properties);

    private static AmfObject Fill(AmfObject target, (string Name, AmfValue Value)[] properties)
    {
        foreach (var (name, value) in properties)
            target.Add(name, value);
        return target;
    }
}
