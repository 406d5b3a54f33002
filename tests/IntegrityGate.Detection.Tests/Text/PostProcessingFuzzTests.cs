using System.Text;
using IntegrityGate.Detection.Text;

namespace IntegrityGate.Detection.Tests.Text;

public sealed class PostProcessingFuzzTests
{
    private static readonly float[] Odd = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -1, 0, 1, float.MaxValue, float.Epsilon];

    [Fact]
    public void Decoding_takes_any_numbers()
    {
        var characters = new CharacterSet("a\nb\n生\n"u8, appendSpace: true);
        Assert.Equal(5, characters.Count);
        Cases(120_000, random =>
        {
            var steps = random.Next(0, 12);
            var row = Numbers(random, steps * characters.Count);
            CheckText(CtcDecoder.Decode(row, steps, characters), steps);
        });
    }

    [Fact]
    public void Region_finding_takes_any_numbers()
    {
        var finder = new RegionFinder();
        Cases(80_000, random =>
        {
            var (width, height) = (random.Next(1, 24), random.Next(1, 16));
            var regions = finder.Find(Numbers(random, width * height), width, height, 0.3, 0.6);
            foreach (var region in regions)
            {
                Assert.InRange(region.Score, 0.6, 1);
                Assert.InRange(region.Box.CentreX, 0, width);
                Assert.InRange(region.Box.CentreY, 0, height);
                Assert.True(region.Box.Width >= RegionFinder.MinSide && region.Box.Height >= RegionFinder.MinSide);
            }
        });
    }

    [Fact]
    public void The_fuzzer_finds_a_confidence_that_is_not_clamped() => Assert.ThrowsAny<Exception>(() => Cases(1000, random =>
    {
        var row = Numbers(random, 8);
        CheckText(new RecognisedText("a", row.Max(), [("a", 0.5)]), 8);
    }));

    [Theory]
    [InlineData("0110", "a")]
    [InlineData("1011", "aa")]
    [InlineData("123", "ab生")]
    [InlineData("0000", "")]
    [InlineData("14401", "a a")]
    public void Repeats_are_merged_and_blanks_dropped(string best, string text)
    {
        var characters = new CharacterSet(Encoding.UTF8.GetBytes("a\nb\n生\n"), appendSpace: true);
        var rows = new float[best.Length * 5];
        for (var i = 0; i < best.Length; i++)
            rows[(i * 5) + best[i] - '0'] = 0.9f;
        var read = CtcDecoder.Decode(rows, best.Length, characters);
        Assert.Equal(text, read.Text);
        Assert.Equal(text.Length == 0 ? 0 : 0.9, read.Confidence, 5);
    }

    [Fact]
    public void Two_blocks_are_two_regions_and_touching_corners_are_one()
    {
        var map = new float[20 * 10];
        Fill(map, 1, 1, 5, 4);
        Fill(map, 10, 3, 6, 5);
        var regions = new RegionFinder().Find(map, 20, 10, 0.3, 0.6);
        Assert.Equal([(3.5, 3.0, 5.0, 4.0), (13.0, 5.5, 6.0, 5.0)], regions.Select(r => (r.Box.CentreX, r.Box.CentreY, r.Box.Width, r.Box.Height)).Order());
        Fill(map, 6, 5, 4, 3);
        Assert.Single(new RegionFinder().Find(map, 20, 10, 0.3, 0.6));
    }

    private static void Fill(float[] map, int x, int y, int width, int height)
    {
        for (var row = y; row < y + height; row++)
            map.AsSpan((row * 20) + x, width).Fill(0.9f);
    }

    private static void CheckText(RecognisedText read, int steps)
    {
        Assert.InRange(read.Confidence, 0, 1);
        Assert.True(read.Characters.Count <= steps);
        Assert.Equal(read.Text, string.Concat(read.Characters.Select(c => c.Text)));
        Assert.All(read.Characters, c => Assert.InRange(c.Position, 0, 1));
        Assert.Equal(read.Characters.Select(c => c.Position).Order(), read.Characters.Select(c => c.Position));
    }

    private static float[] Numbers(Random random, int count)
    {
        var numbers = new float[count];
        var odds = random.Next(3);
        for (var i = 0; i < count; i++)
            numbers[i] = odds > 0 && random.Next(8 / odds) == 0 ? Odd[random.Next(Odd.Length)] : random.NextSingle();
        return numbers;
    }

    private static void Cases(int count, Action<Random> run)
    {
        var random = new Random(5438);
        for (var i = 0; i < count; i++)
            run(random);
    }
}
