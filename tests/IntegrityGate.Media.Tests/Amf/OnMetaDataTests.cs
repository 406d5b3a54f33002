using System.Buffers;
using FsCheck.Xunit;
using IntegrityGate.Media.Amf;

namespace IntegrityGate.Media.Tests.Amf;

public sealed class OnMetaDataTests
{
    private const string Label = """{"Label":"1","ContentProducer":"001191110102MACQD9K64010000"}""";

    private static byte[] Name => [2, 0, 10, .. "onMetaData"u8];

    private static byte[] Prefix => [2, 0, 13, .. "@setDataFrame"u8];

    [Fact]
    public void The_tag_form_and_the_form_that_publishers_send_are_both_read()
    {
        var bare = Build(Ecma(("width", 640.0), ("AIGC", Label)));
        foreach (var payload in (byte[][])[bare, [.. Prefix, .. bare]])
        {
            Assert.True(OnMetaData.TryParse(payload, out var metadata));
            Assert.True(metadata.TryFind("AIGC", out var label));
            Assert.Equal(Label, label);
            Assert.False(metadata.TryFind("aigc", out _));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("02000A6F6E54657874446174")]
    [InlineData("02000D407365744461746146726D65")]
    public void Other_messages_are_none(string hex) => Assert.False(OnMetaData.TryParse(Convert.FromHexString(hex), out _));

    [Fact]
    public void A_label_is_found_as_long_string_as_object_and_within_objects()
    {
        byte[] longString = [.. Name, 8, 0, 0, 0, 1, 0, 4, .. "AIGC"u8, 0x0C, 0, 0, 0, 2, .. "{}"u8, 0, 0, 9];
        Assert.Equal(["{}"], Find(longString));
        Assert.Equal(["""{"Label":"1","n":2,"生":true}"""], Find(Build(new AmfObject { { "AIGC", new AmfObject { { "Label", "1" }, { "n", 2.0 }, { "生", true } } } })));
        Assert.Equal(["x"], Find(Build(new AmfObject { { "custom", new AmfObject { { "AIGC", "x" } } } })));
        Assert.Equal(["out", "in"], Find(Build(Ecma(("list", new AmfArray([new AmfObject { { "AIGC", "in" } }])), ("AIGC", "out")))));
    }

    [Fact]
    public void A_new_property_goes_to_the_end_and_the_count_stays_right()
    {
        var before = Build(Ecma(("width", 640.0), ("height", 480.0)));
        var after = With(before);
        byte[] expected =
        [
            .. before[..(Name.Length + 1)], 0, 0, 0, 3, .. before[(Name.Length + 5)..^3],
            0, 4, .. "AIGC"u8, 2, 0, (byte)Label.Length, .. System.Text.Encoding.UTF8.GetBytes(Label), 0, 0, 9,
        ];
        Assert.Equal(expected, after);
    }

    [Fact]
    public void A_property_is_replaced_in_its_place_and_nothing_else_changes()
    {
        var before = Build(Ecma(("a", 1.0), ("AIGC", "old"), ("b", 2.0)));
        Assert.Equal(Build(Ecma(("a", 1.0), ("AIGC", Label), ("b", 2.0))), With(before));
        Assert.Equal([.. Prefix, .. With(before)], With([.. Prefix, .. before]));
    }

    [Fact]
    public void Labels_that_stand_twice_are_both_replaced() =>
        Assert.Equal(Build(Ecma(("AIGC", Label), ("a", 1.0), ("AIGC", Label))), With(Build(Ecma(("AIGC", "one"), ("a", 1.0), ("AIGC", new AmfObject { { "x", 1.0 } })))));

    [Fact]
    public void An_object_keeps_its_form() =>
        Assert.Equal(Build(new AmfObject { { "a", 1.0 }, { "AIGC", Label } }), With(Build(new AmfObject { { "a", 1.0 } })));

    [Fact]
    public void A_wrong_count_and_a_missing_end_are_left_as_the_encoder_wrote_them()
    {
        byte[] before = [.. Name, 8, 0, 0, 0, 0, 0, 1, 97, 5];
        var after = With(before);
        Assert.Equal(before, after[..before.Length]);
        Assert.Equal([Label], Find(after));
    }

    [Fact]
    public void In_damaged_metadata_the_property_goes_to_the_front_and_every_byte_stays()
    {
        byte[] before = [.. Name, 8, 0, 0, 0, 9, 0, 1, 97, 5, 0, 1, 98, 0x77, 1, 2, 3];
        var after = With(before);
        Assert.Equal([Label], Find(after));
        Assert.Equal(before[(Name.Length + 5)..], after[^(before.Length - Name.Length - 5)..]);
    }

    [Fact]
    public void Behind_a_nested_object_without_an_end_the_property_goes_to_the_front()
    {
        // Found by fuzzing: at the end, it would be inside the nested object.
        byte[] before = [.. Name, 8, 0, 0, 0, 1, 0, 1, 97, 3, 0, 1, 98, 5];
        Assert.True(OnMetaData.TryParse(With(before), out var metadata));
        Assert.Equal(Label, metadata.Read().Text("AIGC"));
    }

    [Fact]
    public void Bytes_behind_the_object_stay()
    {
        byte[] before = [.. Build(Ecma(("a", 1.0))), 2, 0, 1, 120];
        Assert.Equal(before[^4..], With(before)[^4..]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("05")]
    [InlineData("0200026869")]
    public void Metadata_without_an_object_gets_one(string rest) =>
        Assert.Equal([Label], Find(With([.. Name, .. Convert.FromHexString(rest)])));

    [Fact]
    public void Metadata_in_AMF3_is_written_anew_as_AMF0()
    {
        byte[] before = [.. Name, 0x11, .. Convert.FromHexString("0A0B010361030362" + "0201")];
        Assert.Equal([Label], Find(With(before)));
    }

    [Fact]
    public void Made_metadata_is_the_tag_form() => Assert.Equal(Build(Ecma(("AIGC", Label))), OnMetaData.Create("AIGC", Label));

    [Property(MaxTest = 500)]
    public bool Setting_a_property_changes_that_property_only(int seed)
    {
        var properties = AmfSamples.Object(new Random(seed));
        if (properties.ClassName is not null)
            return true;
        var before = Build(properties);
        var after = With(before);
        if (!OnMetaData.TryParse(after, out var metadata))
            return false;
        var read = metadata.Read();
        return read.Text("AIGC") == Label && read.Properties.Where(property => property.Key != "AIGC").SequenceEqual(properties.Properties);
    }

    private static byte[] With(byte[] payload)
    {
        Assert.True(OnMetaData.TryParse(payload, out var metadata));
        return metadata.WithProperty("AIGC", Label);
    }

    private static IReadOnlyList<string> Find(byte[] payload)
    {
        Assert.True(OnMetaData.TryParse(payload, out var metadata));
        return metadata.FindAll("AIGC");
    }

    private static byte[] Build(AmfValue value)
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write(Name.AsSpan());
        new Amf0Writer(output).Write(value);
        return output.WrittenSpan.ToArray();
    }

    private static AmfObject Ecma(params (string Name, AmfValue Value)[] properties)
    {
        var target = new AmfObject { IsEcmaArray = true };
        foreach (var (name, value) in properties)
            target.Add(name, value);
        return target;
    }
}
