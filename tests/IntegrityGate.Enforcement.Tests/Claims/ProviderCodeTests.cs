using IntegrityGate.Core.Claims;

namespace IntegrityGate.Enforcement.Tests.Claims;

public sealed class ProviderCodeTests
{
    [Theory]
    [InlineData("001191440300708461136T1XGW3", '1')]
    [InlineData("001191440300708461136T1308L", '1')]
    [InlineData("001191110102MAD55U9H0F10002", '1')]
    [InlineData("001191110102MACQD9K64010000", '1')]
    public void Codes_seen_in_public_files_are_valid(string text, char service)
    {
        Assert.True(ProviderCode.TryParse(text, out var code, out var reason), reason);
        Assert.Equal(service, code!.Service);
        Assert.Equal(text[4..22], code.CreditCode);
    }

    [Theory]
    [InlineData("", "27")]
    [InlineData("001191440300708461136T1XGW", "27")]
    [InlineData("001191440300708461136t1XGW3", "upper-case")]
    [InlineData("011191440300708461136T1XGW3", "begins with 00")]
    [InlineData("002191440300708461136T1XGW3", "organisations")]
    [InlineData("001191440300708461137T1XGW3", "GB 32100")]
    [InlineData("001191440300708461136U1XGW3", "GB 32100")]
    [InlineData("00119144030070846113OT1XGW3", "GB 32100")]
    [InlineData("001191440300708461136T3XGW3", "23")]
    [InlineData("001191440300708461136T00001", "00000")]
    public void Wrong_codes_are_refused_in_words(string text, string words)
    {
        Assert.False(ProviderCode.TryParse(text, out var code, out var reason));
        Assert.Null(code);
        Assert.Contains(words, reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_single_wrong_character_of_the_credit_code_is_noticed()
    {
        const string Good = "001191440300708461136T1XGW3";
        const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        for (var at = 4; at < 22; at++)
        {
            foreach (var character in Alphabet)
            {
                var text = Good[..at] + character + Good[(at + 1)..];
                Assert.Equal(text == Good, ProviderCode.TryParse(text, out _, out _));
            }
        }
    }

    [Theory]
    [InlineData("001191440300708461136T1XGW3", true)]
    [InlineData("example-platform", true)]
    [InlineData("001191440300708461137T1XGW3", false)]
    [InlineData("某平台", false)]
    [InlineData("two words", false)]
    [InlineData("", false)]
    public void The_platform_is_a_valid_code_or_a_plain_name(string text, bool valid)
    {
        Assert.Equal(valid, PropagatorIdentity.TryParse(text, out var identity, out var reason));
        Assert.Equal(valid, identity is not null);
        Assert.Equal(valid, reason.Length == 0);
    }
}
