using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;
using IntegrityGate.Detection.Replays;
using IntegrityGate.Enforcement.Judging;
using IntegrityGate.Enforcement.Judging.Inputs;
using IntegrityGate.Enforcement.Judging.Replays;
using IntegrityGate.Enforcement.Rules;
using IntegrityGate.Media.Decoding;

namespace IntegrityGate.Tests.Looking.Replays;

/// <summary>Shows pictures to a judge and tells what it made of them: the code of the live path from the frame on.</summary>
internal sealed class ReplayRun
{
    private static readonly DateTimeOffset _start = new(2026, 10, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Judge _judge;
    private int _ids;

    public ReplayRun(ReplayOptions? options = null) => _judge = new Judge(
        new JudgeContext(new StreamId("s"), "session", RulePackLibrary.Shipped.Select([]), new JudgePolicy { Replays = options ?? new ReplayOptions() }, _start),
        () => $"i{++_ids}");

    /// <summary>Everything that was told of loops.</summary>
    public List<IncidentChange> Changes { get; } = [];

    /// <summary>The incident as it stands, open or closed; null when there was none.</summary>
    public Incident? Incident => Changes.LastOrDefault()?.Incident;

    /// <summary>Media time of the alarm.</summary>
    public MediaTime? AlarmAt { get; private set; }

    /// <summary>Prints of a file's pictures, one each interval.</summary>
    public static async Task<List<PicturePrint>> PrintsAsync(string file, TimeSpan interval)
    {
        using var printer = new PicturePrinter(1);
        var prints = new List<PicturePrint>();
        await foreach (var frame in new FileFrameSource().ReadAsync(file, interval, TestContext.Current.CancellationToken))
        {
            using (frame)
                prints.Add(await printer.PrintAsync(frame, TestContext.Current.CancellationToken));
        }

        return prints;
    }

    /// <summary>Shows prints.</summary>
    public ReplayRun Show(IEnumerable<PicturePrint> prints)
    {
        foreach (var print in prints)
        {
            var judgement = _judge.Apply(new SampleLooked(print.At, _start + print.At.ToTimeSpan(), null, null, "e" + print.At.Milliseconds) { Print = print });
            Assert.Null(judgement.Stamp);
            Assert.False(judgement.Block);
            Changes.AddRange(judgement.Changes.Where(change => change.Incident.Violation == ViolationCode.StreamLoop));
            if (AlarmAt is null && Changes.Count > 0)
                AlarmAt = print.At;
        }

        return this;
    }
}
