using IntegrityGate.Core.Claims;

namespace IntegrityGate.Enforcement.Tests.Claims;

public sealed class PublishQueryTests
{
    [Theory]
    [InlineData("aigc=1", AigcAttribute.Generated)]
    [InlineData("?aigc=2", AigcAttribute.Possible)]
    [InlineData("token=abc&aigc=3", AigcAttribute.Suspected)]
    [InlineData("AIGC=True&x", AigcAttribute.Generated)]
    [InlineData("aigc=%31", AigcAttribute.Generated)]
    [InlineData("aigc=0", AigcAttribute.NotGenerated)]
    [InlineData("aigc=False", AigcAttribute.NotGenerated)]
    [InlineData("aigc=0&aigc=3", AigcAttribute.Suspected)]
    [InlineData("aigc=3&aigc=1&aigc=2", AigcAttribute.Generated)]
    public void A_declaration_is_read(string query, AigcAttribute attribute)
    {
        var claim = PublishQuery.Read(query);
        Assert.Equal(attribute, claim!.Attribute);
        Assert.Equal(ClaimSource.PublishQuery, claim.Source);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("token=abc")]
    [InlineData("aigc")]
    [InlineData("aigc=")]
    [InlineData("aigc=4")]
    [InlineData("aigc=11")]
    [InlineData("xaigc=1")]
    [InlineData("x=aigc=1")]
    [InlineData("aigc=%")]
    public void Nonsense_is_no_claim(string? query) => Assert.Null(PublishQuery.Read(query));

    [Fact]
    public void A_query_over_the_limit_is_not_read() => Assert.Null(PublishQuery.Read("aigc=1&x=" + new string('x', PublishQuery.MaxCharacters)));
}
