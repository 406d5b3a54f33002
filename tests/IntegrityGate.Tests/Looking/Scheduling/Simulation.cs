using IntegrityGate.Core.Streams;
using IntegrityGate.Looking.Scheduling;

namespace IntegrityGate.Tests.Looking.Scheduling;

/// <summary>
/// Runs a turn table in virtual time: streams offer samples when their drawn moment comes, looks take the time that they cost, and
/// everything that happened is kept.
/// </summary>
internal sealed class Simulation
{
    private readonly ScheduleOptions _options;
    private readonly TurnTable _table;
    private readonly List<Stream> _streams = [];
    private readonly PriorityQueue<Action, (TimeSpan At, long Order)> _events = new();
    private readonly Random _noise;
    private TimeSpan _now;
    private TimeSpan _wake;
    private long _order;

    public Simulation(ScheduleOptions options, int seed = 1)
    {
        _options = options;
        _table = new TurnTable(options, TimeSpan.Zero);
        _noise = new Random(seed);
    }

    /// <summary>A look: whose, when it began, what it cost.</summary>
    public readonly record struct Look(int Stream, TimeSpan At, TimeSpan Cost);

    public List<Look> Looks { get; } = [];

    public TurnTable Table => _table;

    public int MostWaiting { get; private set; }

    /// <summary>A stream that begins at a moment; a look costs the given time, plus or minus a quarter.</summary>
    public int Add(TimeSpan wanted, TimeSpan cost, TimeSpan begins = default)
    {
        var stream = new Stream(_streams.Count, cost, Chance.Seeded(7, new StreamId($"s{_streams.Count}")));
        _streams.Add(stream);
        At(begins, () =>
        {
            stream.Seat = _table.Join(_now, wanted);
            stream.Joined = _now;
            Due(stream);
        });
        return stream.Index;
    }

    public Simulation Run(TimeSpan until)
    {
        while (_events.TryPeek(out _, out var next) && next.At <= until)
        {
            var happen = _events.Dequeue();
            _now = next.At;
            happen();
            Pump();
        }

        _now = until;
        return this;
    }

    /// <summary>The longest that a stream went unseen between two moments.</summary>
    public TimeSpan LongestUnseen(int stream, TimeSpan from, TimeSpan until)
    {
        var moments = Looks.Where(look => look.Stream == stream).Select(look => look.At).ToList();
        var longest = TimeSpan.Zero;
        var last = moments.LastOrDefault(at => at <= from, _streams[stream].Joined > from ? _streams[stream].Joined : from);
        foreach (var at in moments.Where(at => at > from && at <= until).Append(until))
        {
            longest = at - last > longest ? at - last : longest;
            last = at;
        }

        return longest;
    }

    /// <summary>The most CPU time that the looks which began within any window of a length took.</summary>
    public TimeSpan MostWithin(TimeSpan window)
    {
        var most = TimeSpan.Zero;
        var sum = TimeSpan.Zero;
        var tail = 0;
        foreach (var look in Looks)
        {
            sum += look.Cost;
            while (look.At - Looks[tail].At > window)
                sum -= Looks[tail++].Cost;
            most = sum > most ? sum : most;
        }

        return most;
    }

    public int LooksOf(int stream, TimeSpan from) => Looks.Count(look => look.Stream == stream && look.At >= from);

    private sealed class Stream(int index, TimeSpan cost, Chance chance)
    {
        public int Index { get; } = index;

        public TimeSpan Cost { get; } = cost;

        public Chance Chance { get; } = chance;

        public LookSeat Seat { get; set; } = null!;

        public TimeSpan Joined { get; set; }
    }

    private void At(TimeSpan at, Action happen) => _events.Enqueue(happen, (at, _order++));

    // As the sampler: the next sample falls due by chance around the planned interval; one that waits is replaced by it.
    private void Due(Stream stream)
    {
        if (stream.Seat.Reserved is null)
            stream.Seat.Offer(_now);
        else
            At(_now + TimeSpan.FromMilliseconds(20), () => OfferAfterTurn(stream));
        var factor = 1 + (0.5 * (stream.Chance.Next() - 0.5));
        At(_now + (_table.PlannedInterval(stream.Seat.Wanted) * factor), () => Due(stream));
    }

    private void OfferAfterTurn(Stream stream)
    {
        if (stream.Seat.Reserved is null)
            stream.Seat.Offer(_now);
        else
            At(_now + TimeSpan.FromMilliseconds(20), () => OfferAfterTurn(stream));
    }

    private void Pump()
    {
        _table.Plan(_now);
        MostWaiting = Math.Max(MostWaiting, _table.Seats.Count(seat => seat.WaitingSince is not null));
        while (_table.TryBegin(_now) is { } seat)
        {
            var stream = _streams.Find(other => ReferenceEquals(other.Seat, seat))!;
            var cost = stream.Cost * (0.75 + (0.5 * _noise.NextDouble()));
            Looks.Add(new Look(stream.Index, _now, cost));
            At(_now + cost, () =>
            {
                var spent = default(LookSpending);
                spent[LookStage.Synthetic] = cost;
                _table.End(seat, spent, _now);
            });
        }

        if (_table.NextAfter(_now) is not { } wait)
            return;
        var wake = _now + wait + TimeSpan.FromMilliseconds(1);
        if (_wake > _now && _wake <= wake)
            return;
        _wake = wake;
        At(wake, () => { });
    }
}
