using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Time;
using IntegrityGate.Enforcement.Judging.Replays;

namespace IntegrityGate.Enforcement.Tests.Judging;

public sealed class StillWatchTests
{
    private const int Side = PicturePrint.Side;

    private readonly Random _random = new(1);

    [Fact]
    public void A_picture_without_motion_is_still_after_ten_minutes_and_not_before()
    {
        var watch = new StillWatch(new ReplayOptions());
        Show(watch, 0, 598, (x, y) => Pattern(x, y));
        Assert.Null(watch.Finding);
        Show(watch, 600, 620, (x, y) => Pattern(x, y));
        Assert.Equal((0, 620_000, 1.0), (watch.Finding!.First.Milliseconds, watch.Finding.Last.Milliseconds, watch.Finding.Share));
    }

    [Fact]
    public void An_overlay_over_a_third_of_the_picture_may_move()
    {
        var watch = new StillWatch(new ReplayOptions());
        Show(watch, 0, 700, (x, y) => y < 20 ? _random.Next(256) : Pattern(x, y));
        Assert.InRange(watch.Finding!.Share, 0.5, 0.7);
    }

    [Fact]
    public void A_cameras_noise_is_motion()
    {
        var watch = new StillWatch(new ReplayOptions());
        Show(watch, 0, 1800, (x, y) => Pattern(x, y) + _random.Next(-4, 5));
        Assert.Null(watch.Finding);
    }

    [Fact]
    public void A_slide_every_nine_minutes_is_no_still_picture()
    {
        var watch = new StillWatch(new ReplayOptions());
        for (var slide = 0; slide < 6; slide++)
            Show(watch, slide * 540, (slide * 540) + 538, (x, y) => Pattern(x + (slide * 5), y), unchecked((ulong)slide * 0x9E3779B97F4A7C15));
        Assert.Null(watch.Finding);
    }

    [Fact]
    public void A_bad_key_frame_now_and_then_is_no_motion()
    {
        var watch = new StillWatch(new ReplayOptions());
        for (var second = 0; second < 700; second += 20)
        {
            Show(watch, second, second + 16, (x, y) => Pattern(x, y));
            Show(watch, second + 18, second + 18, (x, y) => Pattern(x, y) + _random.Next(40));
        }

        Assert.NotNull(watch.Finding);
    }

    [Fact]
    public void The_qualities_in_which_an_encoder_draws_one_picture_are_one_picture()
    {
        var watch = new StillWatch(new ReplayOptions());
        for (var second = 0; second < 700; second += 12)
        {
            var quality = _random.Next(3) * 8;
            Show(watch, second, second + 10, (x, y) => Pattern(x, y) + (quality * (x % 2)));
        }

        Assert.NotNull(watch.Finding);
    }

    [Fact]
    public void Motion_ends_the_finding_with_the_third_look()
    {
        var watch = new StillWatch(new ReplayOptions());
        Show(watch, 0, 700, (x, y) => Pattern(x, y));
        Show(watch, 702, 704, (x, y) => Pattern(x + 3, y), hash: ulong.MaxValue);
        Assert.NotNull(watch.Finding);
        Show(watch, 706, 706, (x, y) => Pattern(x + 3, y), hash: ulong.MaxValue);
        Assert.Null(watch.Finding);
    }

    [Fact]
    public void A_plain_card_is_no_picture_that_poses_as_live()
    {
        var watch = new StillWatch(new ReplayOptions());
        Show(watch, 0, 1800, (_, _) => 16);
        Assert.Null(watch.Finding);
    }

    [Fact]
    public void It_can_be_turned_off()
    {
        var watch = new StillWatch(new ReplayOptions { StillAfter = TimeSpan.Zero });
        Show(watch, 0, 1800, (x, y) => Pattern(x, y));
        Assert.Null(watch.Finding);
    }

    private static int Pattern(int x, int y) => (x * 37 % 101) + (y * 53 % 97) + 20;

    private static void Show(StillWatch watch, int fromSecond, int untilSecond, Func<int, int, int> luma, ulong hash = 0)
    {
        for (var second = fromSecond; second <= untilSecond; second += 2)
        {
            var points = new byte[Side * Side];
            for (var i = 0; i < points.Length; i++)
                points[i] = (byte)luma(i % Side, i / Side);
            watch.Add(new PicturePrint(new MediaTime(second * 1000L), new PictureHash(hash, 0, 0, 0), points));
        }
    }
}
