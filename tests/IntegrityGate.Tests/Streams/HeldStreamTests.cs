using System.Diagnostics;
using IntegrityGate.Configuration;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Labels;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Telemetry;
using IntegrityGate.Core.Time;
using IntegrityGate.Egress;
using IntegrityGate.Hosting;
using IntegrityGate.Looking.Scheduling;
using IntegrityGate.Media.Amf;
using IntegrityGate.Media.Decoding;
using IntegrityGate.Media.Flv;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Splicing;
using IntegrityGate.Streams;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IntegrityGate.Tests.Streams;

/// <summary>A stream while its publisher is away, by a clock that the test moves; a player stands for all who receive.</summary>
public sealed class HeldStreamTests : IAsyncDisposable
{
    private static readonly byte[] s_metadata = OnMetaData.Create("encoder", "test");

    private readonly FakeTimeProvider _time = new();
    private readonly PacketPool _pool = new();
    private readonly DecodePool _decoder;
    private readonly LookScheduler _scheduler;
    private readonly List<StreamSession> _ended = [];
    private Activity? _surrounding;
    private bool _isStopping;

    public HeldStreamTests()
    {
        _decoder = new DecodePool(new DecodePoolOptions(), _time, NullLogger<DecodePool>.Instance);
        _scheduler = new LookScheduler(new ScheduleOptions(), _time, NullLogger<LookScheduler>.Instance);
    }

    public ValueTask DisposeAsync()
    {
        _scheduler.Dispose();
        return _decoder.DisposeAsync();
    }

    [Fact]
    public async Task The_metadata_is_repeated_at_intervals_one_frame_behind_the_last_packet()
    {
        await using var session = Create();
        var player = await PublishAsync(session);
        await session.Turns.First.CompleteAsync(GateFault.PublisherDisconnected, "cut");
        for (var repeat = 0; repeat < 4; repeat++)
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            var packet = await NextAsync(player);
            Assert.Equal((MediaKind.Data, 120L), (packet.Kind, packet.Dts.Milliseconds));
            Assert.Equal(s_metadata, packet.Payload.ToArray());
            packet.Release();
        }

        Assert.True(session.Turns.IsWaiting);
    }

    [Fact]
    public async Task A_publisher_that_comes_back_in_time_goes_on_in_the_same_session_for_the_same_players()
    {
        await using var session = Create();
        var player = await PublishAsync(session);
        await session.Turns.First.CompleteAsync(GateFault.PublisherDisconnected, "cut");
        _time.Advance(TimeSpan.FromSeconds(9.9));
        var turn = session.Turns.TryResume();
        Assert.NotNull(turn);
        Assert.Null(session.Turns.TryResume());
        await turn.WriteAsync(Header(), CancellationToken.None);
        await turn.WriteAsync(Video(77_000, key: false), CancellationToken.None);
        await turn.WriteAsync(Video(77_040, key: true), CancellationToken.None);

        var packet = await NextAsync(player);
        for (; packet.Kind == MediaKind.Data; packet = await NextAsync(player))
            packet.Release();
        Assert.True(packet.IsKeyFrame, "neither the old header nor a picture without its key frame");
        Assert.Equal(120, packet.Dts.Milliseconds);
        packet.Release();

        _time.Advance(TimeSpan.FromMinutes(1)); // nothing of the wait is left
        Assert.False(session.Completion.IsCompleted);
        Assert.False(player.TryRead(out _));
    }

    [Fact]
    public async Task Nobody_comes_and_the_players_see_the_end()
    {
        using var trace = new EndedSpans();
        await using var session = Create();
        var player = await PublishAsync(session);
        await session.Turns.First.CompleteAsync(GateFault.PublisherIdle, "silent");
        await session.Turns.TryResume()!.CompleteAsync(GateFault.PublisherDisconnected, "cut");
        _time.Advance(TimeSpan.FromMilliseconds(9999));
        Assert.True(session.Turns.IsWaiting);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(session.Turns.TryResume());

        while (await player.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken) is { } packet)
            packet.Release();
        await session.Completion.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal([session], _ended);
        Assert.Equal(["held", "resumed", "held", "expired"], trace.Single(a => Equals(a.GetTagItem("stream.session"), session.SessionId)).Events.Select(e => e.Name));
    }

    [Theory]
    [InlineData(GateFault.PublisherDisconnected, "10s", true)]
    [InlineData(GateFault.PublisherIdle, "10s", true)]
    [InlineData(GateFault.PublisherEnded, "10s", false)]
    [InlineData(GateFault.PublisherProtocol, "10s", false)]
    [InlineData(GateFault.PublisherLimit, "10s", false)]
    [InlineData(GateFault.PublisherDisconnected, "0s", false)]
    public async Task Waiting_is_for_who_went_without_a_goodbye(GateFault fault, string hold, bool waits)
    {
        await using var session = Create(hold);
        await PublishAsync(session);
        await session.Turns.First.CompleteAsync(fault, "gone");
        Assert.Equal(waits, session.Turns.IsWaiting);
        Assert.Equal(!waits, session.Completion.IsCompleted);
    }

    [Fact]
    public async Task A_publisher_that_never_sent_anything_is_not_waited_for()
    {
        await using var session = Create();
        await session.Turns.First.CompleteAsync(GateFault.PublisherDisconnected, "cut");
        Assert.True(session.Completion.IsCompleted);
    }

    [Fact]
    public async Task A_gate_that_shuts_down_waits_for_nobody()
    {
        await using var held = Create();
        await PublishAsync(held);
        await held.Turns.First.CompleteAsync(GateFault.PublisherDisconnected, "cut");
        _isStopping = true;
        await held.StopWaitingAsync(GateFault.GateShutdown, "shutdown");
        Assert.True(held.Completion.IsCompleted);

        await using var live = Create();
        await PublishAsync(live);
        await live.Turns.First.CompleteAsync(GateFault.PublisherDisconnected, "cut");
        Assert.True(live.Completion.IsCompleted);
    }

    [Fact]
    public async Task An_operator_ends_a_stream_that_waits()
    {
        await using var session = Create();
        await PublishAsync(session);
        await session.Turns.First.CompleteAsync(GateFault.PublisherDisconnected, "cut");
        session.Close(GateFault.OperatorClosed, RtmpStatus.PublishDenied, "enough");
        await session.Completion.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Null(session.Turns.TryResume());
    }

    [Fact]
    public async Task A_publisher_that_takes_over_waits_until_the_first_one_is_gone_and_goes_on_with_its_stream()
    {
        await using var session = Create();
        await PublishAsync(session);
        var first = session.Turns.First;
        var yielding = session.Turns.YieldAsync(TestContext.Current.CancellationToken);
        Assert.True(first.Ending.IsCancellationRequested);
        Assert.Equal(RtmpStatus.PublishBadName, first.End?.Code);
        Assert.False(yielding.IsCompleted);
        await first.CompleteAsync(GateFault.PublisherRefused, "told to go");
        await yielding;
        Assert.NotNull(session.Turns.TryResume());
        Assert.False(session.Completion.IsCompleted);
    }

    [Fact]
    public async Task What_a_stream_does_is_not_nested_in_its_own_span_which_lives_for_hours()
    {
        using var trace = new EndedSpans();
        using var accepting = GateTelemetry.Activities.StartActivity("publish.accept");
        await using var session = Create();
        Assert.Null(_surrounding);
        Assert.Same(accepting, Activity.Current);
    }

    private StreamSession Create(string hold = "10s")
    {
        var options = GateOptionsReader.Read(GateConfiguration.Build(null, new Dictionary<string, string?> { ["inspection:enabled"] = "false", ["continuity:hold"] = hold }));
        var judges = new JudgeFactory(options, _time);
        return new StreamSession(new StreamIdentity(new StreamId(Guid.NewGuid().ToString("N")), "live", new StreamKey("k")), new SessionParts
        {
            Options = options,
            Pool = _pool,
            Time = _time,
            Loggers = NullLoggerFactory.Instance,
            Decoder = _decoder,
            Scheduler = _scheduler,
            Detectors = null,
            Incidents = new NoIncidents(),
            CreateJudge = judges.Create,
            CreateSplicer = (id, output) =>
            {
                _surrounding = Activity.Current;
                return new Splicer(id, new NoLabels(), new SpliceOptions(), _time, NullLogger.Instance, output);
            },
            Propagator = options.Platform,
            IsStopping = () => _isStopping,
            Ended = _ended.Add,
        })
        {
            Route = "default",
        };
    }

    /// <summary>Metadata, header, three pictures; a player that has taken all of it.</summary>
    private async Task<PacketQueue> PublishAsync(StreamSession session)
    {
        var player = session.Hub.Join()!;
        foreach (var packet in new[] { _pool.Copy(MediaKind.Data, MediaTime.Zero, s_metadata, new PacketTraits(MediaCodec.Script)), Header(), Video(0, key: true), Video(40, key: false), Video(80, key: false) })
            await session.Turns.First.WriteAsync(packet, CancellationToken.None);
        for (var taken = 0; taken < 5; taken++)
            (await NextAsync(player)).Release();
        return player;
    }

    private static async Task<MediaPacket> NextAsync(PacketQueue player) =>
        await player.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("The stream ended.");

    private MediaPacket Header() => Packet(0, [0x17, 0, 0, 0, 0, 1]);

    private MediaPacket Video(long at, bool key) => Packet(at, [(byte)(key ? 0x17 : 0x27), 1, 0, 0, 0, 9]);

    private MediaPacket Packet(long at, byte[] payload) => _pool.Copy(MediaKind.Video, new MediaTime(at), payload, TagClassifier.Classify(MediaKind.Video, payload));

    private sealed class NoIncidents : IIncidentSink
    {
        public ValueTask<long> WriteAsync(IncidentChange change, EvidencePicture? picture, CancellationToken cancellationToken) => new(0L);
    }

    private sealed class NoLabels : ILabelPainter
    {
        public LabelImage Paint(StampDirective directive, int width, int height) => throw new InvalidOperationException("Nothing is stamped here.");
    }
}
