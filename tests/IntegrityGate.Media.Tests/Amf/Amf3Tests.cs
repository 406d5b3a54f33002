using IntegrityGate.Media.Amf;

namespace IntegrityGate.Media.Tests.Amf;

public sealed class Amf3Tests
{
    public static TheoryData<string, AmfValue> Golden => new()
    {
        { "00", AmfUndefined.Value },
        { "01", AmfNull.Value },
        { "02", false },
        { "03", true },
        { "04 7F", 127.0 },
        { "04 8100", 128.0 },
        { "04 81808000", 4194304.0 }, // the fourth byte gives eight bits
        { "04 FFFFFFFF", -1.0 },
        { "04 C0808000", -268435456.0 },
        { "05 3FF0000000000000", 1.0 },
        { "06 07 616263", "abc" },
        { "06 01", "" },
        { "08 01 4070000000000000", new AmfDate(256) },
        { "09 05 01 06 03 61 06 00", new AmfArray(["a", "a"]) }, // the second by reference
        { "0A 0B 01 03 61 03 01", new AmfObject { { "a", true } } }, // anonymous, dynamic
        { "0A 13 03 43 03 61 04 05", WithClass("C", ("a", 5.0)) }, // class C, one sealed member
        { "0C 07 010203", new AmfBytes(new byte[] { 1, 2, 3 }) },
        { "0B 09 3C612F3E", new AmfXml("<a/>") },
        { "0D 05 00 00000001 FFFFFFFF", new AmfArray([1.0, -1.0]) },
        { "0E 03 00 FFFFFFFF", new AmfArray([4294967295.0]) },
        { "0F 03 00 3FF0000000000000", new AmfArray([1.0]) },
        { "10 03 00 01 03", new AmfArray([true]) },
        { "11 03 00 06 03 61 03", Ecma(("a", true)) },
        { "0A 07 43 666C65782E6D6573736167696E672E696F2E4172726179436F6C6C656374696F6E 09 03 01 03", new AmfArray([true]) },
        { "09 03 03 61 03 01 02", Ecma(("a", true), ("0", false)) }, // named and dense members
        { "0A 02", new AmfReference(1) },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void Golden_bytes(string hex, AmfValue value)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        var reader = new Amf3Reader(bytes, AmfLimits.Default);
        Assert.True(reader.Read(out var read) == AmfReadStatus.Ok, reader.Error);
        Assert.Equal(value, read);
        Assert.Equal(bytes.Length, reader.Position);
    }

    [Fact]
    public void Traits_are_used_again_by_reference()
    {
        var reader = new Amf3Reader(Convert.FromHexString("090501" + "0A" + "13" + "0343" + "0361" + "0405" + "0A01" + "0406"), AmfLimits.Default);
        Assert.Equal(AmfReadStatus.Ok, reader.Read(out var read));
        Assert.Equal(new AmfArray([WithClass("C", ("a", 5.0)), WithClass("C", ("a", 6.0))]), read);
    }

    [Theory]
    [InlineData("12")] // no such marker
    [InlineData("06 02")] // a string by a reference to none
    [InlineData("0A 05")] // traits by a reference to none
    [InlineData("0A 07 03 43")] // an externalizable class nobody can read
    [InlineData("0A FFFFFFFF 01")] // more members than bytes
    [InlineData("05 00")]
    public void Damage_is_told(string hex)
    {
        var reader = new Amf3Reader(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), AmfLimits.Default);
        Assert.Equal(AmfReadStatus.Malformed, reader.Read(out _));
        Assert.NotNull(reader.Error);
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
