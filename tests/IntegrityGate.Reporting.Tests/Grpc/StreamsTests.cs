using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;
using IntegrityGate.Reporting.Streams;
using Wire = IntegrityGate.Reporting.V1;

namespace IntegrityGate.Reporting.Tests;

public sealed class StreamsTests
{
    private static readonly StreamId _room = new("room-7");

    [Fact]
    public async Task A_live_stream_is_shown_with_all_that_is_known_of_it()
    {
        await using var host = await FeedHost.StartAsync();
        host.Streams.Set(new StreamSnapshot
        {
            Id = _room,
            App = "live",
            SessionId = "s",
            StartedAt = Samples.Noon,
            State = StreamState.Waiting,
            VideoCodec = "h264",
            AudioCodec = "aac",
            Width = 1920,
            Height = 1080,
            FrameRate = 29.97,
            BitrateBps = 6_000_000,
            Verdict = new Verdict(Tier.Possible, VerdictBasis.Declaration, MediaTime.Zero, "declared"),
            Splice = SpliceState.Stamping,
            Upstream = UpstreamState.Connected,
            LastInspected = new MediaTime(-1500),
            MediaTime = new MediaTime(61_000),
            IsInspectionBypassed = true,
            StampOverride = StampOverride.Forced,
            Counters = new StreamCounters(1, 2, 3, 4, 5),
            Viewers = 6,
        });

        var stream = (await host.StreamControl.GetAsync(new() { StreamId = "room-7" })).Stream;

        var expected = new Wire.Stream
        {
            Id = "room-7",
            App = "live",
            SessionId = "s",
            StartedAt = Timestamp.FromDateTimeOffset(Samples.Noon),
            State = Wire.StreamState.Waiting,
            VideoCodec = "h264",
            AudioCodec = "aac",
            Width = 1920,
            Height = 1080,
            FrameRate = 29.97,
            BitrateBps = 6_000_000,
            Tier = Wire.Tier.Possible,
            Basis = Wire.VerdictBasis.Declaration,
            VerdictSummary = "declared",
            SpliceState = Wire.SpliceState.Stamping,
            UpstreamState = Wire.UpstreamState.Connected,
            LastInspected = Duration.FromTimeSpan(TimeSpan.FromSeconds(-1.5)),
            MediaTime = Duration.FromTimeSpan(TimeSpan.FromSeconds(61)),
            InspectionBypassed = true,
            StampOverride = Wire.StampOverride.Forced,
            Counters = new() { Packets = 1, DroppedPackets = 2, StampedFrames = 3, InspectedFrames = 4, Bytes = 5 },
            Viewers = 6,
        };
        Assert.Equal(expected, stream);
    }

    [Fact]
    public async Task What_is_unknown_of_a_stream_is_unset()
    {
        await using var host = await FeedHost.StartAsync();
        host.Streams.Set(new StreamSnapshot { Id = _room, App = "live", SessionId = "s", StartedAt = Samples.Noon });

        var stream = (await host.StreamControl.GetAsync(new() { StreamId = "room-7" })).Stream;

        Assert.False(stream.HasWidth || stream.HasHeight || stream.HasFrameRate);
        Assert.Null(stream.LastInspected);
        Assert.Null(stream.MediaTime);
        await FeedHost.FailsAsync(StatusCode.NotFound, async () => await host.StreamControl.GetAsync(new() { StreamId = "room-8" }));
    }

    [Fact]
    public async Task Streams_are_listed_by_id_in_pages()
    {
        await using var host = await FeedHost.StartAsync();
        foreach (var number in new[] { 3, 1, 5, 2, 4 })
            host.Streams.Start($"room-{number}");

        var first = await host.StreamControl.ListAsync(new() { PageSize = 2 });
        host.Streams.End("room-2"); // the one the token names
        var second = await host.StreamControl.ListAsync(new() { PageSize = 2, PageToken = first.NextPageToken });
        var third = await host.StreamControl.ListAsync(new() { PageSize = 2, PageToken = second.NextPageToken });

        Assert.Equal(["room-1", "room-2"], first.Streams.Select(stream => stream.Id));
        Assert.Equal(["room-3", "room-4"], second.Streams.Select(stream => stream.Id));
        Assert.Equal(["room-5"], third.Streams.Select(stream => stream.Id));
        Assert.Equal("", third.NextPageToken);
    }

    [Fact]
    public async Task Each_act_reaches_the_stream_and_the_audit_log()
    {
        await using var host = await FeedHost.StartAsync();
        host.Streams.Start("room-7");
        var control = host.StreamControl;

        await control.SetInspectionAsync(new() { StreamId = "room-7", Bypass = true, Who = "ada", Why = "w1" });
        await control.SetInspectionAsync(new() { StreamId = "room-7", Bypass = false, Who = "ada", Why = "w2" });
        await control.ForceStampAsync(new() { StreamId = "room-7", Tier = Wire.Tier.Confirmed, Who = "ada", Why = "w3" });
        await control.ForceStampAsync(new() { StreamId = "room-7", Tier = Wire.Tier.Suspected, Wording = "疑似AI生成", Who = "ada", Why = "w4" });
        await control.LiftStampAsync(new() { StreamId = "room-7", Who = "ada", Why = "w5" });
        await control.ReleaseOverrideAsync(new() { StreamId = "room-7", Who = "ada", Why = "w6" });
        await control.CloseAsync(new() { StreamId = "room-7", Who = "bob", Why = "w7" });

        Assert.Equal(
            [
                new SetInspectionCommand(_room, true),
                new SetInspectionCommand(_room, false),
                new ForceStampCommand(_room, Tier.Confirmed, null),
                new ForceStampCommand(_room, Tier.Suspected, "疑似AI生成"),
                new LiftStampCommand(_room),
                new ReleaseOverrideCommand(_room),
                new CloseCommand(_room, "w7"),
            ],
            host.Streams.Commands);
        var entries = (await control.ListAuditAsync(new() { StreamId = "room-7" })).Entries;
        Assert.Equal(
            ["stream.close w7", "stamp.release w6", "stamp.lift w5", "stamp.force w4", "stamp.force w3", "inspection.resume w2", "inspection.bypass w1"],
            entries.Select(entry => $"{entry.Action} {entry.Why}"));
        Assert.All(entries, entry => Assert.Equal((Wire.AuditOutcome.Applied, "room-7"), (entry.Outcome, entry.StreamId)));
        Assert.Equal("Suspected: 疑似AI生成", entries[3].Detail);
    }

    [Fact]
    public async Task A_refusal_is_a_failed_precondition_with_its_reason_and_is_audited()
    {
        await using var host = await FeedHost.StartAsync();
        host.Streams.Start("room-7");
        host.Streams.Answer = _ => CommandResult.Refused("the codec cannot be stamped");

        var exception = await FeedHost.FailsAsync(
            StatusCode.FailedPrecondition,
            async () => await host.StreamControl.ForceStampAsync(new() { StreamId = "room-7", Tier = Wire.Tier.Confirmed, Who = "ada", Why = "w" }));

        Assert.Equal("the codec cannot be stamped", exception.Status.Detail);
        var entry = Assert.Single((await host.StreamControl.ListAuditAsync(new())).Entries);
        Assert.Equal((Wire.AuditOutcome.Refused, "the codec cannot be stamped"), (entry.Outcome, entry.OutcomeDetail));
    }

    [Fact]
    public async Task A_stream_that_is_not_live_or_has_just_gone_is_not_found()
    {
        await using var host = await FeedHost.StartAsync();
        var request = new Wire.LiftStampRequest { StreamId = "room-7", Who = "ada", Why = "w" };

        await FeedHost.FailsAsync(StatusCode.NotFound, async () => await host.StreamControl.LiftStampAsync(request));
        Assert.Empty((await host.StreamControl.ListAuditAsync(new())).Entries);

        host.Streams.Start("room-7");
        host.Streams.Answer = _ => CommandResult.NotLive;
        await FeedHost.FailsAsync(StatusCode.NotFound, async () => await host.StreamControl.LiftStampAsync(request));
        Assert.Equal(Wire.AuditOutcome.Refused, Assert.Single((await host.StreamControl.ListAuditAsync(new())).Entries).Outcome);
    }

    [Fact]
    public async Task An_act_that_throws_is_audited_as_refused()
    {
        await using var host = await FeedHost.StartAsync();
        host.Streams.Start("room-7");
        host.Streams.Answer = _ => throw new InvalidOperationException("a bug");

        await FeedHost.FailsAsync(
            StatusCode.Unknown,
            async () => await host.StreamControl.LiftStampAsync(new() { StreamId = "room-7", Who = "ada", Why = "w" }));

        Assert.Equal(Wire.AuditOutcome.Refused, Assert.Single((await host.StreamControl.ListAuditAsync(new())).Entries).Outcome);
    }

    [Fact]
    public async Task The_audit_log_is_filtered_and_paged()
    {
        await using var host = await FeedHost.StartAsync();
        host.Streams.Start("room-7");
        host.Streams.Start("room-8");
        for (var number = 0; number < 6; number++)
        {
            await host.StreamControl.LiftStampAsync(new()
            {
                StreamId = number % 2 == 0 ? "room-7" : "room-8",
                Who = number < 3 ? "ada" : "bob",
                Why = $"{number}",
            });
            host.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal("5 4 3 2 1 0", await Whys(new() { PageSize = 4 }));
        Assert.Equal("4 2 0", await Whys(new() { StreamId = "room-7", PageSize = 1 }));
        Assert.Equal("2 1 0", await Whys(new() { Who = "ada" }));
        Assert.Equal("3 2", await Whys(new() { From = At(2), Before = At(4) }));
        Assert.Equal("", await Whys(new() { StreamId = "room-9" }));

        async Task<string> Whys(Wire.ListAuditRequest request)
        {
            var whys = new List<string>();
            do
            {
                var page = await host.StreamControl.ListAuditAsync(request);
                whys.AddRange(page.Entries.Select(entry => entry.Why));
                request.PageToken = page.NextPageToken;
            }
            while (request.PageToken.Length > 0);
            return string.Join(' ', whys);
        }

        static Timestamp At(int hours) => Timestamp.FromDateTimeOffset(Samples.Noon.AddHours(hours));
    }
}
