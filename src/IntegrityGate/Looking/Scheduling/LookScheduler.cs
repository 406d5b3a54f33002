using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace IntegrityGate.Looking.Scheduling;

/// <summary>
/// Spends one CPU budget on the looks of all streams: <see cref="TurnTable"/> behind a lock, with a clock and a timer. Only looking
/// loops wait here; the packet loops read <see cref="Planned"/> and never wait.
/// </summary>
internal sealed partial class LookScheduler : IDisposable
{
    /// <summary>40 ms, a frame at 25 fps: no stream is looked at more often than it has pictures.</summary>
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(40);

    private readonly Lock _lock = new();
    private readonly Dictionary<LookSeat, LookTurns> _turns = [];
    private readonly ScheduleOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly long _start;
    private readonly TurnTable _table;
    private readonly ITimer _timer;
    private double _factor = 1;
    private int _overloaded;
    private TimeSpan _spent;
    private TimeSpan _told;
    private bool _closed;

    /// <param name="options">Limits.</param>
    /// <param name="time">Clock.</param>
    /// <param name="logger">Told when overload begins and ends.</param>
    public LookScheduler(ScheduleOptions options, TimeProvider time, ILogger<LookScheduler> logger)
    {
        _options = options;
        _time = time;
        _logger = logger;
        _start = time.GetTimestamp();
        _table = new TurnTable(options, TimeSpan.Zero);
        _timer = time.CreateTimer(static state => ((LookScheduler)state!).Pump(), this, options.PlanEvery, options.PlanEvery);
    }

    /// <summary>True while the budget cannot show every stream within the floor.</summary>
    public bool IsOverloaded => Volatile.Read(ref _overloaded) != 0;

    /// <summary>Why streams go unseen, in words that do not change while it lasts.</summary>
    public string OverloadReason => string.Create(
        CultureInfo.InvariantCulture, $"looking is overloaded: a budget of {_options.Cores:0.##} cores cannot show every stream within {_options.MaxUnseen.TotalSeconds:0.#} s");

    /// <summary>The time between looks that the present plan makes of what a stream's risk calls for; for packet loops, never waits.</summary>
    public TimeSpan Planned(TimeSpan wanted) => new EvenStretch(Volatile.Read(ref _factor), true, 0).Apply(wanted, _options.Limit);

    /// <summary>A stream joins.</summary>
    /// <param name="wanted">Time between looks at first.</param>
    public LookTurns Join(TimeSpan wanted)
    {
        lock (_lock)
        {
            var turns = new LookTurns(this, _table.Join(Now, Least(wanted)));
            _turns.Add(turns.Seat, turns);
            return turns;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
            _closed = true;
        _timer.Dispose();
    }

    internal void Want(LookSeat seat, TimeSpan interval)
    {
        lock (_lock)
            seat.Wanted = Least(interval);
    }

    internal void Ask(LookTurns turns, TaskCompletionSource asked)
    {
        lock (_lock)
        {
            turns.Asked = asked;
            turns.Seat.Offer(Now);
        }

        Pump();
    }

    internal void Forgo(LookTurns turns)
    {
        lock (_lock)
        {
            if (turns.Asked is not null)
            {
                turns.Asked = null;
                turns.Seat.WaitingSince = null;
            }
            else if (turns.Seat.Reserved is not null)
            {
                _table.End(turns.Seat, null, Now); // the turn came at the same moment
            }
        }

        Pump();
    }

    internal void End(LookSeat seat, LookSpending? spent)
    {
        lock (_lock)
        {
            _table.End(seat, spent, Now);
            _spent += spent?.Total ?? TimeSpan.Zero;
        }

        if (spent is { } cost)
        {
            foreach (var stage in Enum.GetValues<LookStage>())
            {
                if (cost[stage] > TimeSpan.Zero)
                    ScheduleMetrics.Cpu.Add(cost[stage].TotalMilliseconds, new KeyValuePair<string, object?>("stage", StageName(stage)));
            }
        }

        Pump();
    }

    internal void Leave(LookTurns turns)
    {
        lock (_lock)
        {
            _turns.Remove(turns.Seat);
            _table.Leave(turns.Seat);
        }
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    private static TimeSpan Least(TimeSpan interval) => interval > ShortestInterval ? interval : ShortestInterval;

    [SuppressMessage("Globalization", "CA1308:Normalize strings to uppercase", Justification = "Tags are in lower case.")]
    private static string StageName(LookStage stage) => stage.ToString().ToLowerInvariant();

    // Gives the turns that may begin, plans anew when it is time, and sets the timer for the next turn that waits for budget.
    private void Pump()
    {
        lock (_lock)
        {
            if (_closed)
                return;
            var now = Now;
            if (_table.Plan(now) || (_options.Cores is null && now - _told >= _options.PlanEvery))
                Tell(now);
            while (_table.TryBegin(now) is { } seat)
            {
                var turns = _turns[seat];
                var asked = turns.Asked;
                turns.Asked = null;
                asked?.SetResult();
            }

            var next = _table.NextAfter(now) is { } wait && wait < _options.PlanEvery ? wait : _options.PlanEvery;
            // A timer counts whole milliseconds and may come early by less than one.
            _timer.Change(next + TimeSpan.FromMilliseconds(1), _options.PlanEvery);
        }
    }

    private void Tell(TimeSpan now)
    {
        var plan = _table.Stretch;
        Volatile.Write(ref _factor, plan.Factor);
        var overloaded = plan.Fits ? 0 : 1;
        if (Interlocked.Exchange(ref _overloaded, overloaded) != overloaded)
        {
            if (overloaded != 0)
                Log.Overloaded(_logger, _options.Cores ?? 0, _table.Seats.Count, _options.MaxUnseen);
            else
                Log.Relieved(_logger);
        }

        var standing = ScheduleStanding.Of(_table, _options, now);
        ScheduleMetrics.Due.Record(standing.Due);
        ScheduleMetrics.Late.Record(standing.Late);
        ScheduleMetrics.Unseen.Record(standing.Unseen);
        ScheduleMetrics.Overloaded.Record(overloaded);
        ScheduleMetrics.Stretch.Record(plan.Factor);
        ScheduleMetrics.Asked.Record(plan.Asked);
        ScheduleMetrics.Budget.Record(_options.Cores ?? 0);
        if (now > _told)
            ScheduleMetrics.Used.Record(_spent / (now - _told));
        _spent = TimeSpan.Zero;
        _told = now;
    }

    private static partial class Log
    {
        [LoggerMessage(6210, LogLevel.Error, "Looking is overloaded: {Cores} cores cannot show {Streams} streams within {MaxUnseen}; streams go unseen and are reported as gaps.")]
        public static partial void Overloaded(ILogger logger, double cores, int streams, TimeSpan maxUnseen);

        [LoggerMessage(6211, LogLevel.Information, "Looking has caught up: every stream is seen in time again.")]
        public static partial void Relieved(ILogger logger);
    }
}
