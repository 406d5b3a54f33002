using FsCheck.Xunit;
using IntegrityGate.Looking.Scheduling;

namespace IntegrityGate.Tests.Looking.Scheduling;

/// <summary>What holds for every load, in virtual time with simulated costs.</summary>
public sealed class SchedulerProperties
{
    private static readonly TimeSpan _window = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    [Property(MaxTest = 40)]
    public void Over_any_ten_seconds_looks_take_no_more_than_the_budget_and_its_burst(byte streams, byte cores, byte milliseconds, int seed)
    {
        var options = new ScheduleOptions { Cores = 0.2 + (cores % 16 / 8.0) };
        var simulation = Streams(options, 2 + (streams % 60), TimeSpan.FromMilliseconds(20 + milliseconds), seed);
        simulation.Run(_minute);
        // Costs move by a quarter of their mean: so much may the looks under way cost above what was expected. Before the first of a
        // stream was measured, its expectation is another stream's.
        var underWay = options.MaxUnderWay * TimeSpan.FromMilliseconds((20 + milliseconds) * 1.25);
        var most = (_window * options.Cores!.Value) + (options.BurstTime * options.Cores.Value) + underWay;
        Assert.True(simulation.MostWithin(_window) <= most, $"{simulation.MostWithin(_window)} > {most}");
    }

    [Fact]
    public void Without_a_budget_the_same_load_takes_more()
    {
        var cost = TimeSpan.FromMilliseconds(100);
        var bounded = Streams(new ScheduleOptions { Cores = 0.5 }, 40, cost, 3).Run(_minute).MostWithin(_window);
        var free = Streams(new ScheduleOptions(), 40, cost, 3).Run(_minute).MostWithin(_window);
        Assert.True(bounded < TimeSpan.FromSeconds(6), $"{bounded}");
        Assert.True(free > TimeSpan.FromSeconds(15), $"{free} {bounded}");
    }

    [Property(MaxTest = 30)]
    public void Nobody_goes_unseen_longer_than_the_floor_while_the_budget_can_show_all_of_them(byte streams, byte fill, int seed)
    {
        var options = new ScheduleOptions { Cores = 1 };
        var count = 4 + (streams % 80);
        // From a tenth to nine tenths of what shows everybody once a limit.
        var cost = options.Limit * (0.1 + (fill % 9 / 10.0)) / count;
        if (cost > TimeSpan.FromSeconds(2))
            cost = TimeSpan.FromSeconds(2);
        var simulation = Streams(options, count, cost, seed).Run(5 * _minute);
        for (var stream = 0; stream < count; stream++)
        {
            var unseen = simulation.LongestUnseen(stream, _minute, 5 * _minute);
            Assert.True(unseen <= options.MaxUnseen, $"stream {stream} of {count} at {cost}: {unseen}");
        }
    }

    [Fact]
    public void With_intervals_up_to_the_floor_itself_somebody_does_go_unseen_for_longer()
    {
        var options = new ScheduleOptions { Cores = 1, LimitShare = 1, GuardShare = 1 };
        var simulation = Streams(options, 40, options.Limit * 0.9 / 40, seed: 2).Run(5 * _minute);
        Assert.Contains(Enumerable.Range(0, 40), stream => simulation.LongestUnseen(stream, _minute, 5 * _minute) > options.MaxUnseen);
    }

    [Property(MaxTest = 20)]
    public void Equal_risk_gives_equal_rates_within_a_tenth_whatever_a_look_costs_and_however_short_the_budget_is(byte streams, byte cores, int seed)
    {
        var simulation = new Simulation(new ScheduleOptions { Cores = 0.1 + (cores % 10 / 10.0) }, seed);
        var count = 4 + (streams % 30);
        for (var i = 0; i < count; i++)
            simulation.Add(TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(i % 2 == 0 ? 20 : 200));
        simulation.Run(30 * _minute);
        var looks = Enumerable.Range(0, count).Select(i => simulation.LooksOf(i, _minute)).ToList();
        Assert.True(looks.Min() > 0);
        Assert.True(looks.Max() <= (looks.Min() * 1.1) + 3, $"from {looks.Min()} to {looks.Max()} looks");
    }

    [Fact]
    public void A_stream_that_is_to_be_seen_four_times_as_often_is_seen_four_times_as_often_under_a_stretch_too()
    {
        var simulation = new Simulation(new ScheduleOptions { Cores = 0.5 });
        for (var i = 0; i < 20; i++)
            simulation.Add(TimeSpan.FromSeconds(i < 4 ? 0.5 : 2), TimeSpan.FromMilliseconds(50));
        simulation.Run(20 * _minute);
        Assert.InRange(simulation.Table.Stretch.Factor, 1.3, 4);
        var suspicious = Enumerable.Range(0, 4).Average(i => simulation.LooksOf(i, _minute));
        var quiet = Enumerable.Range(4, 16).Average(i => simulation.LooksOf(i, _minute));
        Assert.InRange(suspicious / quiet, 3.5, 4.5);
    }

    [Fact]
    public void A_new_stream_is_looked_at_at_once_however_long_the_others_wait()
    {
        var simulation = new Simulation(new ScheduleOptions { Cores = 0.5 });
        for (var i = 0; i < 60; i++)
            simulation.Add(TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(80));
        var late = simulation.Add(TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(80), begins: _minute);
        simulation.Run(2 * _minute);
        Assert.True(simulation.Table.Stretch.Factor > 4);
        var first = simulation.Looks.First(look => look.Stream == late).At;
        Assert.True(first - _minute < TimeSpan.FromSeconds(3), $"after {first - _minute}");
    }

    [Fact]
    public void A_load_that_no_stretch_fits_into_the_budget_is_shared_evenly_and_never_queues_up()
    {
        var options = new ScheduleOptions { Cores = 0.25 };
        var simulation = Streams(options, 100, TimeSpan.FromMilliseconds(200), 5).Run(30 * _minute);
        Assert.False(simulation.Table.Stretch.Fits);
        Assert.True(simulation.MostWaiting <= 100);
        var looks = Enumerable.Range(0, 100).Select(i => simulation.LooksOf(i, 2 * _minute)).ToList();
        Assert.True(looks.Min() >= looks.Max() - 2, $"from {looks.Min()} to {looks.Max()} looks");
    }

    [Property(MaxTest = 300)]
    public void More_load_or_less_budget_never_shortens_an_interval(byte[] loads, byte more, byte cores)
    {
        var limit = TimeSpan.FromSeconds(20);
        var before = (loads ?? []).Select(Demand).ToList();
        var budget = 0.05 + (cores / 64.0);
        var plan = EvenStretch.Solve(before, budget, limit);
        var loaded = EvenStretch.Solve([.. before, Demand(more)], budget, limit);
        var poorer = EvenStretch.Solve(before, budget / 2, limit);
        foreach (var interval in before.Select(demand => demand.Interval))
        {
            // Half of a thousandth is where the search stops.
            Assert.True(loaded.Apply(interval, limit) >= plan.Apply(interval, limit) * 0.999);
            Assert.True(poorer.Apply(interval, limit) >= plan.Apply(interval, limit) * 0.999);
            Assert.InRange(plan.Apply(interval, limit), interval, limit);
        }

        Assert.True(plan.Fits || (!loaded.Fits && !poorer.Fits));
        if (plan.Fits)
            Assert.True(before.Sum(demand => demand.Cost / plan.Apply(demand.Interval, limit)) <= budget + 1e-9);
    }

    [Fact]
    public void Streams_that_give_no_samples_ask_for_nothing()
    {
        var table = new TurnTable(new ScheduleOptions { Cores = 0.1 }, TimeSpan.Zero);
        for (var i = 0; i < 100; i++)
            table.Join(TimeSpan.Zero, TimeSpan.FromSeconds(1));
        table.Plan(TimeSpan.FromSeconds(1));
        Assert.Equal(1, table.Stretch.Factor);
    }

    private static LookDemand Demand(byte load) => new(TimeSpan.FromMilliseconds(5 + load), TimeSpan.FromMilliseconds(load % 3 == 0 ? 500 : 2000));

    private static Simulation Streams(ScheduleOptions options, int count, TimeSpan cost, int seed)
    {
        var simulation = new Simulation(options, seed);
        for (var i = 0; i < count; i++)
            simulation.Add(TimeSpan.FromSeconds(i % 3 == 0 ? 0.5 : 2), cost, TimeSpan.FromMilliseconds(37 * i));
        return simulation;
    }
}
