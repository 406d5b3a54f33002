using IntegrityGate.Core.Claims;

namespace IntegrityGate.Enforcement.Tests.Claims;

public sealed class AigcJsonTests
{
    private const string Seven = """
        {"Label":"1","ContentProducer":"001191440300708461136T1XGW3","ProduceID":"p-1","ReservedCode1":"","ContentPropagator":"001191440300708461136T1XGW3","PropagateID":"p-1","ReservedCode2":""}
        """;

    [Fact]
    public void GB_45438_2025_E_the_seven_fields_bare_are_compliant()
    {
        var reading = AigcJson.Read(Seven);
        Assert.Equal(AigcVerdict.Compliant, reading.Verdict);
        Assert.Equal(AigcAttribute.Generated, reading.Attribute);
        var label = Assert.Single(reading.Labels);
        Assert.Equal("p-1", label.ProduceId);
        Assert.Empty(reading.Findings);
    }

    [Fact]
    public void The_wrapped_form_of_the_standard_is_compliant_too()
    {
        var reading = AigcJson.Read("{\"AIGC\":" + Seven + "}");
        Assert.Equal(AigcVerdict.Compliant, reading.Verdict);
        Assert.Single(reading.Labels);
    }

    [Theory]
    [InlineData("1", AigcAttribute.Generated)]
    [InlineData("2", AigcAttribute.Possible)]
    [InlineData("3", AigcAttribute.Suspected)]
    public void Label_says_is_may_be_or_suspected(string label, AigcAttribute attribute) =>
        Assert.Equal(attribute, AigcJson.Read(Seven.Replace("\"Label\":\"1\"", $"\"Label\":\"{label}\"", StringComparison.Ordinal)).Attribute);

    [Theory]
    [InlineData("{\"Label\":1,\"ContentProducer\":\"x\"}", AigcAttribute.Generated, AigcCheck.Type)]
    [InlineData("{\"Label\":\"AIGC\",\"ContentProducer\":\"Minimax Agent AI\"}", AigcAttribute.Generated, AigcCheck.Value)]
    [InlineData("{\"Label\":\"1\",\"ContentProducer\":\"Minimax Agent AI\"}", AigcAttribute.Generated, AigcCheck.Charset)]
    [InlineData("{\"Label\":\"1\",\"ContentProducer\":\"某平台\"}", AigcAttribute.Generated, AigcCheck.Charset)]
    [InlineData("{\"label\":\"2\",\"content_producer\":\"x\"}", AigcAttribute.Possible, AigcCheck.Spelling)]
    [InlineData("{\"label\":\"2\",\"contentProducer\":\"x\"}", AigcAttribute.Possible, AigcCheck.Spelling)]
    [InlineData("{\"Label\":\"3\",\"ReserveCode1\":\"x\"}", AigcAttribute.Suspected, AigcCheck.Spelling)]
    [InlineData("{\"Label\":\"1\",\"ServiceProvider\":\"a\",\"ServiceUser\":\"b\"}", AigcAttribute.Generated, AigcCheck.Spelling)]
    [InlineData("{\"Label\":\"1\"}", AigcAttribute.Generated, AigcCheck.Missing)]
    [InlineData("{\"Label\":\"1\",\"Label\":\"3\"}", AigcAttribute.Generated, AigcCheck.Duplicate)]
    [InlineData("{\"ContentProducer\":\"x\"}", AigcAttribute.Suspected, AigcCheck.Missing)]
    [InlineData("{\"Label\":\"9\"}", AigcAttribute.Suspected, AigcCheck.Value)]
    [InlineData("{\"Label\":\"0\"}", null, AigcCheck.Value)]
    [InlineData("[{\"Label\":\"3\"},{\"Label\":\"1\"}]", AigcAttribute.Generated, AigcCheck.One)]
    [InlineData("1", AigcAttribute.Generated, AigcCheck.Type)]
    public void Wild_forms_are_read_and_named(string value, AigcAttribute? attribute, string check)
    {
        var reading = AigcJson.Read(value);
        Assert.Equal(AigcVerdict.NonCompliant, reading.Verdict);
        Assert.Equal(attribute, reading.Attribute);
        Assert.Contains(reading.Findings, finding => finding.Check == check);
    }

    [Fact]
    public void GB_45438_2025_6_1_c_two_labels_alike_are_one_too_many()
    {
        var reading = AigcJson.Read($"[{Seven},{Seven}]");
        Assert.Equal(AigcVerdict.NonCompliant, reading.Verdict);
        Assert.Equal(2, reading.Labels.Count);
        Assert.Equal(AigcCheck.One, Assert.Single(reading.Findings).Check);
    }

    [Fact]
    public void Json_encoded_twice_is_read()
    {
        var reading = AigcJson.Read(System.Text.Json.JsonSerializer.Serialize(Seven.Trim()));
        Assert.Equal(AigcAttribute.Generated, reading.Attribute);
        Assert.Equal(AigcCheck.EncodedTwice, Assert.Single(reading.Findings).Check);
    }

    [Fact]
    public void The_tencent_names_stand_for_producer_and_propagator()
    {
        var label = Assert.Single(AigcJson.Read("{\"Label\":\"1\",\"ServiceProvider\":\"a\",\"ServiceUser\":\"b\"}").Labels);
        Assert.Equal(("a", "b"), (label.ContentProducer, label.ContentPropagator));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \0")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"AIGC\":{}}")]
    public void An_empty_property_claims_nothing(string? value)
    {
        Assert.Equal(AigcVerdict.NotFound, AigcJson.Read(value).Verdict);
        Assert.Null(AigcJson.Read(value).ToClaim("m"));
    }

    [Theory]
    [InlineData("Label: '1'")]
    [InlineData("{\"Label\":\"1\"")]
    [InlineData("{\"foo\":1}")]
    [InlineData("true")]
    [InlineData("\"{broken\"")]
    [InlineData("{\"AIGC\":{\"AIGC\":{\"AIGC\":{\"AIGC\":{\"AIGC\":{\"AIGC\":{\"AIGC\":{\"AIGC\":{\"AIGC\":{\"Label\":\"1\"}}}}}}}}}}")]
    public void Measures_art_6_3_an_unreadable_mark_is_a_trace_and_so_suspected(string value)
    {
        var reading = AigcJson.Read(value);
        Assert.Equal(AigcVerdict.Inconclusive, reading.Verdict);
        Assert.Equal(AigcAttribute.Suspected, reading.Attribute);
        Assert.Equal(ClaimSource.Metadata, reading.ToClaim("m")!.Source);
    }

    [Fact]
    public void A_value_over_the_limit_is_not_parsed()
    {
        var reading = AigcJson.Read("{\"Label\":\"1\",\"ReservedCode1\":\"" + new string('x', AigcJson.MaxReadCharacters) + "\"}");
        Assert.Equal(AigcCheck.Size, Assert.Single(reading.Findings).Check);
        Assert.Empty(reading.Labels);
    }

    [Theory]
    [InlineData("{\"Label\":\"\\uD800\"}")]
    [InlineData("{\"\\uDC00\":\"1\",\"Label\":\"1\"}")]
    [InlineData("{\"Label\":\"1\",\"ProduceID\":\"\uD800\"}")]
    public void Half_a_surrogate_pair_does_not_throw(string value) => Assert.NotEqual(AigcVerdict.Compliant, AigcJson.Read(value).Verdict);

    [Fact]
    public void What_is_written_is_bare_ascii_with_the_fields_in_order_and_reads_back_compliant()
    {
        var label = new AigcLabel("2", "001191440300708461136T1XGW3", "p\"1", "", "001191440300708461136T1XGW3", "p\"1", "");
        var json = AigcJson.Write(label);
        Assert.StartsWith("{\"Label\":\"2\",\"ContentProducer\":\"001191440300708461136T1XGW3\",\"ProduceID\":\"p\\\"1\",\"ReservedCode1\":\"\",\"ContentPropagator\":", json, StringComparison.Ordinal);
        Assert.All(json, character => Assert.InRange(character, '\x21', '\x7E'));
        var reading = AigcJson.Read(json);
        Assert.Equal(AigcVerdict.Compliant, reading.Verdict);
        Assert.Equal(label, Assert.Single(reading.Labels));
    }

    [Fact]
    public void Inbound_values_outside_the_charset_come_out_as_they_went_in()
    {
        var label = new AigcLabel("1", "Minimax Agent AI", "编号\\1", "", "x", "y", "");
        var json = AigcJson.Write(label);
        Assert.All(json, character => Assert.InRange(character, '\x21', '\x7E'));
        Assert.Equal(label, Assert.Single(AigcJson.Read(json).Labels));
    }

    [Fact]
    public void A_written_label_stays_under_1024_bytes()
    {
        var label = new AigcLabel("1", "a", "b", new string('x', 885), "a", "b", "");
        var overhead = AigcJson.Write(label with { ReservedCode1 = "" }).Length;
        Assert.True(AigcJson.TryWrite(label with { ReservedCode1 = new string('x', 1023 - overhead) }, out var json, out _));
        Assert.Equal(1023, json.Length);
        Assert.False(AigcJson.TryWrite(label with { ReservedCode1 = new string('x', 1024 - overhead) }, out _, out var reason));
        Assert.Contains("1024", reason, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => AigcJson.Write(label with { Label = "4" }));
    }
}
