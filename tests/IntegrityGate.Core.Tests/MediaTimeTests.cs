using FsCheck.Xunit;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Core.Tests;

public sealed class MediaTimeTests
{
    [Theory]
    [InlineData(0, "0:00:00.000")]
    [InlineData(16_777_215, "4:39:37.215")]
    [InlineData(-1_500, "-0:00:01.500")]
    [InlineData(4_294_967_296, "1193:02:47.296")]
    public void Prints_hours_without_wrapping_at_a_day(long milliseconds, string expected) =>
        Assert.Equal(expected, new MediaTime(milliseconds).ToString());

    [Property]
    public bool Moving_there_and_back_is_the_same_moment(int start, int by) =>
        new MediaTime(start) + TimeSpan.FromMilliseconds(by) - TimeSpan.FromMilliseconds(by) == new MediaTime(start);
}
