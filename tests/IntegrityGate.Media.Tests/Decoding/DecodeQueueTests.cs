using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;
using IntegrityGate.Media.Decoding;
using Microsoft.Extensions.Time.Testing;

namespace IntegrityGate.Media.Tests.Decoding;

public sealed class DecodeQueueTests
{
    private readonly PacketPool _packets = new();

    private DecodeTicket Ticket(string stream)
    {
        var packet = _packets.Copy(MediaKind.Video, MediaTime.Zero, [0x17, 1, 0, 0, 0]);
        var ticket = new DecodeTicket(new DecodeRequest(new StreamId(stream), packet, [packet]));
        packet.Release();
        return ticket;
    }

    [Fact]
    public async Task The_newest_request_of_a_stream_takes_the_place_of_the_older_one()
    {
        using var queue = new DecodeQueue(4);
        DecodeTicket old = Ticket("a"), other = Ticket("b"), fresh = Ticket("a");
        Assert.True(queue.TryAdd(old, out _));
        Assert.True(queue.TryAdd(other, out _));
        Assert.True(queue.TryAdd(fresh, out var replaced));
        Assert.Same(old, replaced);
        Assert.Same(fresh, await queue.TakeAsync(TestContext.Current.CancellationToken));
        Assert.Same(other, await queue.TakeAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_full_queue_refuses_another_stream_but_not_a_newer_request_of_one_that_waits()
    {
        using var queue = new DecodeQueue(1);
        Assert.True(queue.TryAdd(Ticket("a"), out _));
        Assert.False(queue.TryAdd(Ticket("b"), out _));
        Assert.True(queue.TryAdd(Ticket("a"), out var replaced));
        Assert.NotNull(replaced);
    }

    [Fact]
    public void A_closed_queue_gives_back_what_waits_and_takes_no_more()
    {
        using var queue = new DecodeQueue(4);
        var ticket = Ticket("a");
        queue.TryAdd(ticket, out _);
        Assert.Same(ticket, Assert.Single(queue.Close()));
        Assert.False(queue.TryAdd(Ticket("b"), out _));
    }

    [Fact]
    public void Answering_lets_go_of_the_packets_once()
    {
        var ticket = Ticket("a");
        Assert.Equal(1, _packets.Rented);
        ticket.Complete(new DecodeResult.Failed(GateFault.None, "done"));
        ticket.Complete(new DecodeResult.Failed(GateFault.None, "again"));
        Assert.Equal(0, _packets.Rented);
    }

    [Fact]
    public void A_stream_that_wrecks_workers_in_a_row_is_refused_for_a_time_and_others_are_not()
    {
        var time = new FakeTimeProvider();
        var quarantine = new Quarantine(3, TimeSpan.FromSeconds(60), time);
        StreamId poison = new("poison"), other = new("other");
        Assert.False(quarantine.Strike(poison));
        Assert.False(quarantine.Strike(poison));
        Assert.False(quarantine.Holds(poison));
        Assert.True(quarantine.Suspects(poison));
        Assert.True(quarantine.Strike(poison));
        Assert.True(quarantine.Holds(poison));
        Assert.False(quarantine.Holds(other));
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.False(quarantine.Holds(poison));
        Assert.True(quarantine.Strike(poison)); // on probation: one more is enough
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.False(quarantine.Holds(poison));
        quarantine.Clear(poison);
        Assert.False(quarantine.Suspects(poison));
        Assert.False(quarantine.Strike(poison));
    }
}
