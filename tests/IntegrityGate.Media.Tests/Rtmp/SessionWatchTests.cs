using System.Net;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Rtmp.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>The deadlines of a session, second by second.</summary>
public sealed class SessionWatchTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly IngestLimits _limits = new();

    [Fact]
    public void A_handshake_has_ten_seconds()
    {
        var watch = new SessionWatch(_limits, _time);
        Assert.Equal((10, WatchVerdict.HandshakeTimeout), FirstVerdict(watch));
    }

    [Fact]
    public void Commands_have_fifteen_seconds_while_the_peer_is_waited_for()
    {
        var watch = new SessionWatch(_limits, _time) { Stage = SessionStage.Command };
        watch.Wait();
        Assert.Equal((15, WatchVerdict.CommandTimeout), FirstVerdict(watch));

        watch = new SessionWatch(_limits, _time) { Stage = SessionStage.Command };
        watch.Wait();
        watch.Work(heard: true);
        Assert.Null(FirstVerdict(watch));
    }

    [Fact]
    public void A_publisher_has_ten_silent_seconds_from_its_last_byte()
    {
        var watch = new SessionWatch(_limits, _time) { Stage = SessionStage.Publishing };
        watch.Wait();
        _time.Advance(TimeSpan.FromSeconds(9));
        watch.Work(heard: true);
        watch.Wait();
        Assert.Equal((10, WatchVerdict.IdleTimeout), FirstVerdict(watch));
    }

    [Theory]
    [InlineData(240, null)]
    [InlineData(239, 21)] // the first tick begins the stretch of twenty seconds
    public void A_publishers_mean_rate_is_held_against_the_least(int bytesPerSecond, int? endsAt)
    {
        var watch = new SessionWatch(_limits, _time) { Stage = SessionStage.Publishing };
        Assert.Equal(endsAt, FirstVerdict(watch, second =>
        {
            watch.Work(heard: true);
            watch.Wait();
            return second * bytesPerSecond;
        })?.Second);
    }

    [Fact]
    public void Time_under_back_pressure_is_nobodys_low_rate()
    {
        // A hundred seconds of work, and never twenty of waiting: nothing is known of the peer's rate.
        var watch = new SessionWatch(_limits, _time) { Stage = SessionStage.Publishing };
        Assert.Null(FirstVerdict(watch, second =>
        {
            watch.Work(heard: true);
            if (second % 6 == 0)
                watch.Wait();
            return 0;
        }, until: 100));
    }

    [Theory]
    [InlineData(2, 0, 40, 42)] // at work in every other second: twenty seconds of waiting take forty
    [InlineData(60, 20, 21, 22)] // at work at one check only, the one at which the stretch is over
    public void A_trickle_is_not_excused_by_the_moments_in_which_the_session_works(int every, int at, int earliest, int latest)
    {
        var watch = new SessionWatch(_limits, _time) { Stage = SessionStage.Publishing };
        watch.Wait();
        var verdict = FirstVerdict(watch, second =>
        {
            watch.Work(heard: true);
            if (second % every != at + 1)
                watch.Wait();
            return second * 2;
        });
        Assert.Equal(WatchVerdict.RateTooLow, verdict?.Verdict);
        Assert.InRange(verdict!.Value.Second, earliest, latest);
    }

    [Fact]
    public void A_silent_player_is_pinged_and_any_byte_is_an_answer()
    {
        var watch = new SessionWatch(_limits, _time) { Stage = SessionStage.Playing };
        watch.Wait();
        Assert.Equal((30, WatchVerdict.SendPing), FirstVerdict(watch));
        watch.Work(heard: true); // even in the same instant
        watch.Wait();
        Assert.Equal((30, WatchVerdict.SendPing), FirstVerdict(watch));
        Assert.Equal((30, WatchVerdict.PingTimeout), FirstVerdict(watch));
    }

    [Fact]
    public void A_flush_that_waits_has_twenty_seconds()
    {
        var watch = new SessionWatch(_limits, _time) { Stage = SessionStage.Playing };
        watch.Wait();
        var started = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromSeconds(19));
        Assert.Equal(WatchVerdict.Fine, watch.Check(0, started));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(WatchVerdict.SendTimeout, watch.Check(0, started));
    }

    [Fact]
    public void A_drain_gives_five_seconds_and_a_goodbye_one()
    {
        var watch = new SessionWatch(_limits, _time) { Stage = SessionStage.Playing };
        watch.Wait();
        watch.Drain();
        Assert.Equal((5, WatchVerdict.DrainOver), FirstVerdict(watch));
        watch.Stage = SessionStage.Closing;
        Assert.Equal((1, WatchVerdict.LingerOver), FirstVerdict(watch));
    }

    [Fact]
    public void Publishes_have_a_burst_of_two_seconds_and_then_their_rate()
    {
        var rate = new PublishRate(10, _time);
        Assert.Equal(20, Enumerable.Range(0, 100).Count(_ => rate.TryTake()));
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(5, Enumerable.Range(0, 100).Count(_ => rate.TryTake()));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(20, Enumerable.Range(0, 100).Count(_ => rate.TryTake()));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", false)]
    [InlineData("192.0.2.1", "192.0.2.2", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", false)] // one /64 is one stranger
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", true)]
    [InlineData("0.0.0.1", "::1", true)]
    public void An_address_is_one_stranger(string first, string second, bool isLetIn)
    {
        var gate = new AddressGate(1);
        var one = new IPEndPoint(IPAddress.Parse(first), 1000);
        var other = new IPEndPoint(IPAddress.Parse(second), 2000);
        Assert.True(gate.TryEnter(one));
        Assert.Equal(isLetIn, gate.TryEnter(other));
        gate.Leave(one);
        Assert.True(gate.TryEnter(one) || isLetIn);
    }

    // Ticks once a second until something is said.
    private (int Second, WatchVerdict Verdict)? FirstVerdict(SessionWatch watch, Func<int, long>? received = null, int until = 60)
    {
        for (var second = 1; second <= until; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            var verdict = watch.Check(received?.Invoke(second) ?? 0, 0);
            if (verdict != WatchVerdict.Fine)
                return (second, verdict);
        }

        return null;
    }
}
