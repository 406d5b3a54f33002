using System.Buffers;
using System.IO.Pipelines;
using IntegrityGate.Media.Transport;

namespace IntegrityGate.Media.Tests.Transport;

public sealed class LoopWriterTests
{
    private const int MoreThanSocketsHold = 32 << 20;

    public LoopWriterTests() => Assert.SkipUnless(EventLoop.IsSupported, "event loops are made of Linux' epoll");

    [Fact]
    public async Task A_flush_that_the_socket_takes_is_done_at_once_and_nothing_goes_before_it()
    {
        await using var pair = await LoopPair.OpenAsync();
        pair.Connection.Writer.Write(new byte[] { 1, 2, 3 });
        Assert.Equal(3, pair.Connection.Writer.UnflushedBytes);
        Assert.Equal(0, pair.Peer.Available);
        var flush = pair.Connection.Writer.FlushAsync(TestContext.Current.CancellationToken);
        Assert.True(flush.IsCompleted);
        Assert.False((await flush).IsCompleted);
        Assert.Equal([1, 2, 3], await pair.ReceiveAsync(3));
    }

    [Fact]
    public async Task A_flush_waits_for_a_peer_that_reads_late_and_all_arrives_in_order()
    {
        await using var pair = await LoopPair.OpenAsync();
        var bytes = new byte[MoreThanSocketsHold];
        new Random(5).NextBytes(bytes);
        var random = new Random(6);
        for (var at = 0; at < bytes.Length;)
        {
            var count = Math.Min(bytes.Length - at, random.Next(1, 200_000));
            pair.Connection.Writer.Write(bytes.AsSpan(at, count));
            at += count;
        }

        var flush = pair.Connection.Writer.FlushAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.False(flush.IsCompleted);
        Assert.True((await pair.ReceiveAsync(bytes.Length)).AsSpan().SequenceEqual(bytes));
        Assert.False((await flush.WaitAsync(LoopPair.Patience, TestContext.Current.CancellationToken)).IsCompleted);
    }

    [Fact]
    public async Task A_flush_that_waits_can_be_canceled_and_its_bytes_still_go_out()
    {
        await using var pair = await LoopPair.OpenAsync();
        var flush = Fill(pair);
        pair.Connection.Writer.CancelPendingFlush();
        Assert.True((await flush.WaitAsync(LoopPair.Patience, TestContext.Current.CancellationToken)).IsCanceled);
        pair.Connection.Writer.Write(new byte[] { 42 });
        var next = pair.Connection.Writer.FlushAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.Equal(42, (await pair.ReceiveAsync(MoreThanSocketsHold + 1))[^1]);
        Assert.False((await next.WaitAsync(LoopPair.Patience, TestContext.Current.CancellationToken)).IsCanceled);
    }

    [Fact]
    public async Task A_token_ends_the_wait_of_a_flush()
    {
        await using var pair = await LoopPair.OpenAsync();
        using var stop = new CancellationTokenSource();
        pair.Connection.Writer.Write(new byte[MoreThanSocketsHold]);
        var flush = pair.Connection.Writer.FlushAsync(stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flush.WaitAsync(LoopPair.Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_flush_to_a_peer_that_went_says_that_nobody_reads()
    {
        await using var pair = await LoopPair.OpenAsync();
        var flush = Fill(pair);
        pair.Peer.Close();
        Assert.True((await flush.WaitAsync(LoopPair.Patience, TestContext.Current.CancellationToken)).IsCompleted);
    }

    [Fact]
    public async Task An_abort_ends_a_flush_that_waits()
    {
        await using var pair = await LoopPair.OpenAsync();
        var flush = Fill(pair);
        pair.Connection.Abort();
        Assert.True((await flush.WaitAsync(LoopPair.Patience, TestContext.Current.CancellationToken)).IsCompleted);
    }

    [Fact]
    public async Task Closing_sends_what_was_written_before()
    {
        await using var pair = await LoopPair.OpenAsync();
        pair.Connection.Writer.Write(new byte[MoreThanSocketsHold]);
        var closing = pair.Connection.DisposeAsync().AsTask();
        Assert.False(closing.IsCompleted);
        await pair.ReceiveAsync(MoreThanSocketsHold);
        await closing.WaitAsync(LoopPair.Patience, TestContext.Current.CancellationToken);
        Assert.Equal(0, await pair.Peer.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken));
    }

    private static Task<FlushResult> Fill(LoopPair pair)
    {
        pair.Connection.Writer.Write(new byte[MoreThanSocketsHold]);
        var flush = pair.Connection.Writer.FlushAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.False(flush.IsCompleted);
        return flush;
    }
}
