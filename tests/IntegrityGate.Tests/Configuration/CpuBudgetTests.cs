using IntegrityGate.Configuration;

namespace IntegrityGate.Tests.Configuration;

public sealed class CpuBudgetTests
{
    [Theory]
    [InlineData("off", null)]
    [InlineData("1.5", 1.5)]
    [InlineData("75%", 6.0)]
    [InlineData("100%", 8.0)]
    [InlineData("0.05", 0.05)]
    public void A_budget_is_off_cores_or_a_share_of_the_machine(string text, double? cores)
    {
        Assert.True(CpuBudget.TryParse(text, 8, out var budget));
        Assert.Equal(cores, budget.Cores);
    }

    [Theory]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("0.01")]
    [InlineData("NaN")]
    [InlineData("1e3")]
    [InlineData("99999")]
    [InlineData("half")]
    public void Anything_else_is_an_error(string text) => Assert.False(CpuBudget.TryParse(text, 8, out _));
}
