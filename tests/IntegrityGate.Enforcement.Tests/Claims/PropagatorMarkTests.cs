using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Judging;

namespace IntegrityGate.Enforcement.Tests.Claims;

public sealed class PropagatorMarkTests
{
    private readonly PropagatorMark _mark = new(new PropagatorIdentity("001191110102MACQD9K64010000"), () => "n-1");

    [Theory]
    [InlineData(Tier.Confirmed, "1")]
    [InlineData(Tier.Possible, "2")]
    [InlineData(Tier.Suspected, "3")]
    public void GB_45438_2025_E_note_1_a_first_write_has_propagator_equal_to_producer(Tier tier, string label)
    {
        var written = _mark.Compose(null, tier);
        Assert.Equal(label, written.Label);
        Assert.Equal(written.ContentProducer, written.ContentPropagator);
        Assert.Equal(written.ProduceId, written.PropagateId);
        Assert.Equal(AigcVerdict.Compliant, AigcJson.Read(AigcJson.Write(written)).Verdict);
    }

    [Fact]
    public void An_inbound_label_keeps_all_but_the_propagators_fields()
    {
        var inbound = new AigcLabel("1", "001191440300708461136T1XGW3", "p-9", "digest", "other", "q-9", "theirs");
        Assert.Equal(
            inbound with { ContentPropagator = "001191110102MACQD9K64010000", PropagateId = "n-1", ReservedCode2 = "" },
            _mark.Compose(inbound, Tier.Suspected));
    }

    [Fact]
    public void Content_without_a_finding_gets_no_mark() => Assert.Throws<ArgumentOutOfRangeException>(() => _mark.Compose(null, Tier.None));
}
