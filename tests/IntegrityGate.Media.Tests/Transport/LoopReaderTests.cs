using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using IntegrityGate.Media.Transport;
using Microsoft.AspNetCore.Connections;

namespace IntegrityGate.Media.Tests.Transport;

public sealed class LoopReaderTests
{
    public LoopReaderTests() => Assert.SkipUnless(EventLoop.IsSupported, "event loops are made of Linux' epoll");

    // What a caller leaves is of every size: nothing, a piece of a header, half a buffer, more than one.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task All_bytes_arrive_in_order_however_they_are_cut_and_whatever_is_left_of_a_read(int seed)
    {
        await using var pair = await LoopPair.OpenAsync();
        var sent = new byte[3_000_000];
        new Random(seed).NextBytes(sent);
        var sending = SendInPiecesAsync(pair, sent, new Random(seed + 100));
        var random = new Random(seed + 200);
        var received = new ArrayBufferWriter<byte>(sent.Length);
        while (received.WrittenCount < sent.Length)
        {
            var result = await ReadAsync(pair);
            var most = (int)Math.Min(result.Buffer.Length, random.Next(4) switch { 0 => 1, 1 => 100, 2 => 20_000, _ => int.MaxValue });
            foreach (var part in result.Buffer.Slice(0, most))
                received.Write(part.Span);
            var consumed = result.Buffer.GetPosition(most);
            pair.Connection.Reader.AdvanceTo(consumed, random.Next(2) == 0 ? result.Buffer.End : consumed);

            // Examined to the end, the rest is shown again only with more behind it, so the last bytes must be asked for.
            if (received.WrittenCount + (result.Buffer.Length - most) == sent.Length)
                pair.Connection.Reader.CancelPendingRead();
        }

        await sending;
        Assert.True(received.WrittenSpan.SequenceEqual(sent));
    }

    [Fact]
    public async Task What_was_examined_is_not_shown_again_before_more_comes()
    {
        await using var pair = await LoopPair.OpenAsync();
        await pair.SendAsync(new byte[] { 1, 2, 3 });
        var first = await ReadAsync(pair);
        pair.Connection.Reader.AdvanceTo(first.Buffer.GetPosition(1), first.Buffer.End);
        var second = pair.Connection.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Assert.False(second.IsCompleted);
        await pair.SendAsync(new byte[] { 4 });
        var result = await second.AsTask().WaitAsync(LoopPair.Patience, TestContext.Current.CancellationToken);
        Assert.Equal([2, 3, 4], result.Buffer.ToArray());
        pair.Connection.Reader.AdvanceTo(result.Buffer.End);
    }

    [Fact]
    public async Task What_was_not_examined_is_shown_at_once()
    {
        await using var pair = await LoopPair.OpenAsync();
        await pair.SendAsync(new byte[100]);
        var first = await ReadAsync(pair);
        pair.Connection.Reader.AdvanceTo(first.Buffer.GetPosition(60));
        Assert.True(pair.Connection.Reader.TryRead(out var second));
        Assert.Equal(40, second.Buffer.Length);
        pair.Connection.Reader.AdvanceTo(second.Buffer.End);
        Assert.False(pair.Connection.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_canceled_read_says_so_and_the_next_one_reads_on()
    {
        await using var pair = await LoopPair.OpenAsync();
        var waiting = pair.Connection.Reader.ReadAsync(TestContext.Current.CancellationToken);
        pair.Connection.Reader.CancelPendingRead();
        var canceled = await waiting.AsTask().WaitAsync(LoopPair.Patience, TestContext.Current.CancellationToken);
        Assert.True(canceled.IsCanceled);
        pair.Connection.Reader.AdvanceTo(canceled.Buffer.End);
        await pair.SendAsync(new byte[] { 7 });
        var next = await ReadAsync(pair);
        Assert.False(next.IsCanceled);
        Assert.Equal([7], next.Buffer.ToArray());
        pair.Connection.Reader.AdvanceTo(next.Buffer.End);
    }

    [Fact]
    public async Task A_token_ends_the_wait_and_loses_no_byte()
    {
        await using var pair = await LoopPair.OpenAsync();
        using var stop = new CancellationTokenSource();
        var waiting = pair.Connection.Reader.ReadAsync(stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(LoopPair.Patience, TestContext.Current.CancellationToken));
        await pair.SendAsync(new byte[] { 9 });
        var next = await ReadAsync(pair);
        Assert.Equal([9], next.Buffer.ToArray());
        pair.Connection.Reader.AdvanceTo(next.Buffer.End);
    }

    [Fact]
    public async Task The_peers_end_comes_after_its_last_bytes_and_is_told_as_closed()
    {
        await using var pair = await LoopPair.OpenAsync();
        var closed = new TaskCompletionSource();
        pair.Connection.ConnectionClosed.UnsafeRegister(static state => ((TaskCompletionSource)state!).TrySetResult(), closed);
        await pair.SendAsync(new byte[] { 1, 2 });
        pair.Peer.Shutdown(SocketShutdown.Send);
        var bytes = new List<byte>();
        ReadResult result;
        do
        {
            result = await ReadAsync(pair);
            bytes.AddRange(result.Buffer.ToArray());
            pair.Connection.Reader.AdvanceTo(result.Buffer.End);
        }
        while (!result.IsCompleted);

        Assert.Equal([1, 2], bytes);
        await closed.Task.WaitAsync(LoopPair.Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_reset_is_an_error_of_the_connection()
    {
        await using var pair = await LoopPair.OpenAsync();
        pair.Peer.LingerState = new LingerOption(true, 0);
        pair.Peer.Close();
        await Assert.ThrowsAsync<ConnectionResetException>(() => ReadAsync(pair));
    }

    [Fact]
    public async Task An_abort_ends_a_read_that_waits()
    {
        await using var pair = await LoopPair.OpenAsync();
        var waiting = ReadAsync(pair);
        pair.Connection.Abort(new ConnectionAbortedException("enough"));
        Assert.Equal("enough", (await Assert.ThrowsAsync<ConnectionAbortedException>(() => waiting)).Message);
    }

    [Fact]
    public async Task A_reader_who_consumes_nothing_is_cut_at_the_limit()
    {
        await using var pair = await LoopPair.OpenAsync();
        var sending = pair.SendAsync(new byte[4 * LoopReader.MostKept]);
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (true)
            {
                var result = await ReadAsync(pair);
                pair.Connection.Reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            }
        });
        pair.Connection.Abort();
        await Task.WhenAny(sending);
    }

    private static async Task SendInPiecesAsync(LoopPair pair, byte[] bytes, Random random)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var count = Math.Min(bytes.Length - at, random.Next(3) switch { 0 => random.Next(1, 20), 1 => random.Next(1, 5000), _ => random.Next(1, 300_000) });
            await pair.SendAsync(bytes.AsMemory(at, count));
            at += count;
        }
    }

    private static Task<ReadResult> ReadAsync(LoopPair pair) =>
        pair.Connection.Reader.ReadAsync().AsTask().WaitAsync(LoopPair.Patience, TestContext.Current.CancellationToken);
}
