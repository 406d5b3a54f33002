using System.Text;
using IntegrityGate.Media.Rates;
using IntegrityGate.Media.Tests.Rtmp;

namespace IntegrityGate.Media.Tests.Rates;

public sealed class StreamRateTests
{
    [Theory]
    [InlineData("720p@crf28", 720, 28, null)]
    [InlineData("1080p@4500k", 1080, null, 4500)]
    [InlineData("144p@crf0", 144, 0, null)]
    [InlineData("2160p@100000k", 2160, null, 100000)]
    public void A_rate_is_read_and_written(string text, int shortSide, int? crf, int? kbps)
    {
        Assert.True(StreamRate.TryParse(text, out var rate, out _));
        Assert.Equal(new StreamRate(shortSide, crf, kbps), rate);
        Assert.Equal(text, rate.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("720p")]
    [InlineData("720@crf28")]
    [InlineData("720p@28")]
    [InlineData("720p@crf52")]
    [InlineData("720p@crf-1")]
    [InlineData("720p@49k")]
    [InlineData("720p@100001k")]
    [InlineData("719p@crf28")]
    [InlineData("142p@crf28")]
    [InlineData("2162p@crf28")]
    [InlineData("720p@crf28p@crf28")]
    [InlineData("99999999999p@crf28")]
    [InlineData(" 720p@crf28")]
    public void What_is_no_rate_is_refused_with_a_reason(string? text)
    {
        Assert.False(StreamRate.TryParse(text, out _, out var reason));
        Assert.NotEmpty(reason!);
    }

    private static readonly Mutator s_mutator = new(7, [.. ((string[])["720p@crf28", "1080p@4500k", "360p@800k"]).Select(Encoding.ASCII.GetBytes)]);

    [Fact]
    public void Rates_stand()
    {
        var read = 0;
        new Mutator(7, [.. ((string[])["720p@crf28", "1080p@4500k", "360p@800k"]).Select(Encoding.ASCII.GetBytes)]).MustStand(200_000, input =>
        {
            if (!StreamRate.TryParse(Encoding.Latin1.GetString(input), out var rate, out var reason))
            {
                if (string.IsNullOrEmpty(reason))
                    throw new InvalidOperationException("refused without a reason");
                return;
            }

            read++;
            if (!StreamRate.TryParse(rate.ToString(), out var again, out _) || again != rate)
                throw new InvalidOperationException("a rate does not read back");
        });
        Assert.True(read > 500, $"only {read} inputs were rates");
    }

    [Fact]
    public void The_fuzzer_finds_a_reader_that_trusts_its_number() => Assert.NotNull(s_mutator.Run(200_000, static input =>
        int.Parse(Encoding.Latin1.GetString(input).Split('p')[0], System.Globalization.CultureInfo.InvariantCulture)));
}
