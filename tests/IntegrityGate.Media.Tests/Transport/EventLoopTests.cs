using IntegrityGate.Media.Transport;

namespace IntegrityGate.Media.Tests.Transport;

public sealed class EventLoopTests
{
    public EventLoopTests() => Assert.SkipUnless(EventLoop.IsSupported, "event loops are made of Linux' epoll");

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Work_from_many_threads_all_runs_on_the_loop_and_in_each_threads_order(int gatherMilliseconds)
    {
        using var loop = new EventLoop("test", TimeSpan.FromMilliseconds(gatherMilliseconds), new RecordingLogger());
        var seen = new List<(int Thread, int Number)>(); // only ever touched on the loop
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (var number = 0; number < 2000; number++)
            {
                var entry = (thread, number);
                loop.Post(new Work(() => seen.Add(EventLoop.Current == loop ? entry : (-1, -1))));
            }
        })));
        await RunAsync(loop, () => { });
        Assert.Equal(8000, seen.Count);
        Assert.All(seen.GroupBy(entry => entry.Thread), one => Assert.Equal(Enumerable.Range(0, 2000), one.Select(entry => entry.Number)));
    }

    [Fact]
    public async Task Work_that_fails_is_logged_and_the_loop_goes_on()
    {
        var logger = new RecordingLogger();
        using var loop = new EventLoop("test", TimeSpan.Zero, logger);
        loop.Post(new Work(() => throw new InvalidOperationException("by design")));
        await RunAsync(loop, () => { });
        Assert.Equal("by design", Assert.Single(logger.Errors).Message);
    }

    [Fact]
    public async Task What_follows_from_a_read_runs_on_the_loop()
    {
        await using var pair = await LoopPair.OpenAsync();
        var where = new TaskCompletionSource<EventLoop?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await RunAsync(pair.Loop, () => _ = ReadAsync());
        await pair.SendAsync(new byte[1]);
        Assert.Same(pair.Loop, await where.Task.WaitAsync(LoopPair.Patience, TestContext.Current.CancellationToken));

        async Task ReadAsync()
        {
            var result = await pair.Connection.Reader.ReadAsync().ConfigureAwait(false);
            pair.Connection.Reader.AdvanceTo(result.Buffer.End);
            where.SetResult(EventLoop.Current);
        }
    }

    [Fact]
    public async Task A_pass_sends_what_it_read_when_all_is_read()
    {
        using var loop = new EventLoop("test", TimeSpan.Zero, new RecordingLogger());
        var order = new List<string>();
        await RunAsync(loop, () =>
        {
            loop.Post(new Work(() => order.Add("woken")));
            order.Add("read");
            order.Add("read");
        });
        await RunAsync(loop, () => { });
        Assert.Equal(["read", "read", "woken"], order);
    }

    [Fact]
    public async Task A_loop_that_ends_cuts_its_connections_and_work_that_comes_later_still_runs()
    {
        await using var pair = await LoopPair.OpenAsync();
        var waiting = pair.Connection.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask();
        pair.Loop.Dispose();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(LoopPair.Patience, TestContext.Current.CancellationToken));
        await RunAsync(pair.Loop, () => { });
    }

    [Fact]
    public async Task A_place_that_is_taken_again_has_another_number_so_that_a_late_event_is_not_anothers()
    {
        await using var first = await LoopPair.OpenAsync();
        first.Connection.Abort();
        Assert.Equal(0, first.Loop.Connections);
        await using var second = await LoopPair.OpenAsync(first.Loop);
        Assert.Equal((uint)first.Connection.Number, (uint)second.Connection.Number);
        Assert.NotEqual(first.Connection.Number, second.Connection.Number);
    }

    private static async Task RunAsync(EventLoop loop, Action action)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Post(new Work(() =>
        {
            action();
            done.SetResult();
        }));
        await done.Task.WaitAsync(LoopPair.Patience, TestContext.Current.CancellationToken);
    }

    private sealed class Work(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();
    }
}
