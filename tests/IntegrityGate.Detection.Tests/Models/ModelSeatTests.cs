using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Detection.Runtime;

namespace IntegrityGate.Detection.Tests.Models;

/// <summary>When a detector that was replaced is disposed: after its last look, and not before.</summary>
public sealed class ModelSeatTests
{
    [Fact]
    public async Task A_look_ends_with_the_detector_it_began_with_and_only_then_is_that_one_disposed()
    {
        var (old, fresh) = (new Slow("old"), new Slow("new"));
        using var seat = new ModelSeat<Slow>(old, "a");
        var looks = new SeatedDetector<Slow>(seat);
        using var frame = new VideoFrame(default, 16, 16);
        var first = looks.InspectAsync(frame, TestContext.Current.CancellationToken).AsTask();
        var second = looks.InspectAsync(frame, TestContext.Current.CancellationToken).AsTask();

        seat.Replace(fresh, "b");
        Assert.Equal(("new", "b"), (looks.Model.Name, seat.Identity));
        var third = looks.InspectAsync(frame, TestContext.Current.CancellationToken).AsTask();
        Assert.False(old.IsDisposed);
        old.Finish();
        Assert.Equal("old", (await first).Model!.Name);
        Assert.Equal("old", (await second).Model!.Name);
        Assert.True(old.IsDisposed);

        fresh.Finish();
        Assert.Equal("new", (await third).Model!.Name);
        Assert.False(fresh.IsDisposed);
        seat.Dispose();
        Assert.True(fresh.IsDisposed);
    }

    [Fact]
    public async Task A_look_under_way_when_the_seat_is_closed_ends_and_none_begins()
    {
        var detector = new Slow("only");
        var seat = new ModelSeat<Slow>(detector, "a");
        var looks = new SeatedDetector<Slow>(seat);
        using var frame = new VideoFrame(default, 16, 16);
        var look = looks.InspectAsync(frame, TestContext.Current.CancellationToken).AsTask();
        seat.Dispose();
        seat.Dispose();
        Assert.False(detector.IsDisposed);
        detector.Finish();
        await look;
        Assert.True(detector.IsDisposed);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => looks.InspectAsync(frame, TestContext.Current.CancellationToken).AsTask());
    }

    [Fact]
    public void A_detector_that_comes_after_the_seat_was_closed_is_disposed_at_once()
    {
        var (old, late) = (new Slow("old"), new Slow("late"));
        var seat = new ModelSeat<Slow>(old, "a");
        seat.Dispose();
        seat.Replace(late, "b");
        Assert.True(old.IsDisposed);
        Assert.True(late.IsDisposed);
    }

    [Fact]
    public async Task Looks_and_replacements_at_once_never_meet_a_disposed_detector()
    {
        var made = new List<Checked> { new() };
        var seat = new ModelSeat<Checked>(made[0], "0");
        var looks = new SeatedDetector<Checked>(seat);
        using var frame = new VideoFrame(default, 16, 16);
        var stop = false;
        var lookers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!Volatile.Read(ref stop))
                await looks.InspectAsync(frame, TestContext.Current.CancellationToken);
        })).ToList();
        for (var i = 1; i <= 2000; i++)
        {
            made.Add(new Checked());
            seat.Replace(made[^1], $"{i}");
        }

        Volatile.Write(ref stop, true);
        await Task.WhenAll(lookers);
        seat.Dispose();
        Assert.All(made, m => Assert.Equal(1, m.Disposals));
    }

    // Looks until it is told to finish.
    private sealed class Slow(string name) : IDetector, IDisposable
    {
        private readonly TaskCompletionSource _finished = new();

        public bool IsDisposed { get; private set; }

        public ModelReference Model { get; } = new(name, "1", "0");

        public async ValueTask<EvidenceItem> InspectAsync(VideoFrame frame, CancellationToken cancellationToken)
        {
            await _finished.Task;
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            return new TextReading(frame.Pts, Model, 16, 16, []);
        }

        public void Finish() => _finished.SetResult();

        public void Dispose() => IsDisposed = true;
    }

    private sealed class Checked : IDetector, IDisposable
    {
        private int _disposals;

        public int Disposals => Volatile.Read(ref _disposals);

        public ModelReference Model { get; } = new("m", "1", "0");

        public async ValueTask<EvidenceItem> InspectAsync(VideoFrame frame, CancellationToken cancellationToken)
        {
            ObjectDisposedException.ThrowIf(Disposals > 0, this);
            await Task.Yield();
            ObjectDisposedException.ThrowIf(Disposals > 0, this);
            return new TextReading(frame.Pts, Model, 16, 16, []);
        }

        public void Dispose() => Interlocked.Increment(ref _disposals);
    }
}
