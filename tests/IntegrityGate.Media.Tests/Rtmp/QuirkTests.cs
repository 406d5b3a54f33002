using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Amf;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Rtmp.Chunks;
using IntegrityGate.Media.Rtmp.Handshakes;

namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>What encoders in the field do, each as a script against the server.</summary>
public sealed class QuirkTests
{
    [Theory]
    [InlineData(HandshakeScheme.Simple)]
    [InlineData(HandshakeScheme.DigestAt8)]
    [InlineData(HandshakeScheme.DigestAt772)]
    public async Task Every_handshake_is_taken_and_the_third_message_never_checked(HandshakeScheme scheme)
    {
        await using var host = await TestHost.StartAsync();
        using var peer = await ScriptedPeer.ConnectAsync(host.Port);
        await peer.ShakeHandsAsync(scheme);
        await peer.CommandAsync("connect", 1, new AmfObject { { "app", "live" } });
        Assert.Equal(RtmpStatus.ConnectSuccess, (await peer.UntilAsync("_result")).Code);
    }

    [Fact]
    public async Task A_handshake_in_single_bytes_and_all_at_once_are_both_taken()
    {
        await using var host = await TestHost.StartAsync();
        using var peer = await ScriptedPeer.ConnectAsync(host.Port);
        var hello = new byte[1537];
        Handshake.Hello(0, hello, HandshakeScheme.Simple);
        await peer.SendAsync(hello.AsMemory(0, 1));
        await peer.SendAsync(hello.AsMemory(1, 700));

        // The rest, C2 and connect in one go, before the server said a word.
        var connect = Wire.Amf("connect", 1.0, new AmfObject { { "app", "live" } });
        await peer.SendAsync((byte[])[.. hello[701..], .. new byte[1536], .. Wire.Full(3, 0, connect.Length, MessageType.CommandAmf0, 0, connect)]);
        await peer.TakeAsync(3073);
        Assert.Equal(1, (await peer.UntilAsync("_result")).Transaction);
    }

    [Theory]
    [InlineData("releaseStream", 7, "_result")]
    [InlineData("_checkbw", 8, "_result")]
    [InlineData("getStreamLength", 9, "_result")]
    [InlineData("createStream", 10, "_result")]
    [InlineData("FCSubscribe", 11, "onFCSubscribe")]
    [InlineData("FCPublish", 12, "onFCPublish")]
    [InlineData("FCPublish", 13, "_result")]
    [InlineData("FCUnpublish", 14, "onFCUnpublish")]
    [InlineData("deleteStream", 15, "_result")]
    [InlineData("someVendorsCall", 16, "_result")]
    public async Task Every_call_is_answered_with_its_own_transaction(string call, double transaction, string answer)
    {
        // Makito waits for FCPublish, Haivision for _checkbw, Livestream Studio checks the id in onFCPublish.
        await using var host = await TestHost.StartAsync();
        using var peer = await ScriptedPeer.OpenAsync(host.Port);
        await peer.CommandAsync(call, transaction, AmfNull.Value, "key");
        Assert.Equal(transaction, (await peer.UntilAsync(answer)).Transaction);
    }

    [Fact]
    public async Task Publish_start_waits_for_the_application()
    {
        await using var host = await TestHost.StartAsync();
        var gate = new TaskCompletionSource<PublishAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Application.OnPublish = (_, _) => new ValueTask<PublishAnswer>(gate.Task);
        using var peer = await ScriptedPeer.OpenAsync(host.Port);
        await peer.CommandAsync("releaseStream", 2, AmfNull.Value, "key");
        await peer.CommandAsync("FCPublish", 3, AmfNull.Value, "key");
        await peer.CommandAsync("publish", 5, 1, AmfNull.Value, "key", "live");
        var before = new List<ScriptedPeer.Command>();
        while (before.Count < 3)
            before.Add((await peer.ReadCommandAsync())!);
        var next = peer.ReadCommandAsync();
        Assert.DoesNotContain(before, command => command.Values.OfType<AmfObject>().Any(value => value.Text("code") == RtmpStatus.PublishStart));
        Assert.False(next.IsCompleted);
        gate.SetResult(new PublishAnswer.Accepted(new TestPublication()));
        Assert.Equal(RtmpStatus.PublishStart, (await next)!.Code);
    }

    [Theory]
    [InlineData(RtmpStatus.PublishBadName, "somebody publishes there already")]
    [InlineData(RtmpStatus.PublishDenied, "wrong token")]
    public async Task A_refused_publisher_is_told_why_and_closed(string code, string description)
    {
        await using var host = await TestHost.StartAsync(new IngestLimits { CloseLinger = TimeSpan.Zero });
        host.Application.OnPublish = (_, _) => ValueTask.FromResult<PublishAnswer>(new PublishAnswer.Refused(code, description));
        using var peer = await ScriptedPeer.OpenAsync(host.Port);
        await peer.CommandAsync("publish", 5, 1, AmfNull.Value, "key", "live");
        var said = Assert.Single(await peer.ToEndAsync());
        Assert.Equal((code, description, "error", 1u), (said.Code, said.Information.Text("description"), said.Information.Text("level"), said.Stream));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(17)]
    public async Task Commands_in_AMF0_and_AMF3_and_with_a_stray_zero_are_read(byte type)
    {
        await using var host = await TestHost.StartAsync();
        using var peer = await ScriptedPeer.OpenAsync(host.Port);
        var body = Wire.Amf("createStream", 4.0, AmfNull.Value);
        await peer.MessageAsync((MessageType)type, 0, 0, [0, .. body]);
        Assert.Equal(4, (await peer.UntilAsync("_result")).Transaction);
        await peer.MessageAsync((MessageType)type, 0, 0, body);
        Assert.Equal(4, (await peer.UntilAsync("_result")).Transaction);
    }

    [Theory]
    [InlineData("no end marker")]
    [InlineData("damaged tail")]
    [InlineData("AMF3 object")]
    [InlineData("ECMA array")]
    public async Task A_connect_object_in_any_shape_is_a_connect(string shape)
    {
        await using var host = await TestHost.StartAsync();
        using var peer = await ScriptedPeer.ConnectAsync(host.Port);
        await peer.ShakeHandsAsync();
        byte[] start = Wire.Amf("connect", 1.0);
        byte[] app = [0, 3, .. "app"u8, 2, 0, 4, .. "live"u8];
        byte[] body = shape switch
        {
            "no end marker" => [.. start, 3, .. app],
            "damaged tail" => [.. start, 3, .. app, 0, 1, 97, 0x77, 1, 2],
            "AMF3 object" => [.. start, 0x11, 0x0A, 0x0B, 1, 7, .. "app"u8, 6, 9, .. "live"u8, 1],
            _ => [.. start, 8, 0, 0, 0, 0, .. app, 0, 0, 9],
        };
        await peer.MessageAsync(MessageType.CommandAmf0, 0, 0, body);
        Assert.Equal(RtmpStatus.ConnectSuccess, (await peer.UntilAsync("_result")).Code);
        await peer.CommandAsync("publish", 2, 1, AmfNull.Value, "key");
        await peer.UntilAsync("onStatus");
        Assert.Equal("live", Assert.Single(host.Application.Requests).App);
    }

    [Fact]
    public async Task Unknown_messages_and_events_are_passed_over()
    {
        await using var host = await TestHost.StartAsync();
        using var peer = await ScriptedPeer.PublishAsync(host.Port);
        var publication = await host.Application.NextAsync();
        await peer.MessageAsync((MessageType)99, 1, 0, new byte[1000]);
        await peer.MessageAsync(MessageType.SharedObjectAmf0, 1, 0, new byte[10]);
        await peer.MessageAsync(MessageType.UserControl, 0, 0, [0, 200, 1, 2, 3, 4]);
        await peer.MessageAsync(MessageType.UserControl, 0, 0, [1]);
        await peer.MessageAsync(MessageType.Audio, 1, 0, [0xAF, 1]);
        Assert.Equal([0xAF, 1], (await publication.NextAsync()).Payload);
    }

    [Fact]
    public async Task Metadata_comes_in_the_tag_form_whichever_way_it_was_sent()
    {
        await using var host = await TestHost.StartAsync();
        using var peer = await ScriptedPeer.PublishAsync(host.Port);
        var publication = await host.Application.NextAsync();
        var bare = OnMetaData.Create("AIGC", "{}");
        await peer.MessageAsync(MessageType.DataAmf0, 1, 0, [.. OnMetaData.Prefix, .. bare]);
        await peer.MessageAsync(MessageType.DataAmf0, 1, 0, bare);
        await peer.MessageAsync(MessageType.DataAmf3, 1, 0, [0, .. OnMetaData.Prefix, .. bare]);
        for (var i = 0; i < 3; i++)
            Assert.Equal(bare, (await publication.NextAsync()).Payload);

        // Other data goes through as it is, its own @setDataFrame included.
        byte[] other = Wire.Amf("@setDataFrame", "onTextData", new AmfObject());
        await peer.MessageAsync(MessageType.DataAmf0, 1, 0, other);
        Assert.Equal(other, (await publication.NextAsync()).Payload);
    }

    public static TheoryData<string, byte[]> Enhanced => new()
    {
        { "HEVC sequence start", [0x90, .. "hvc1"u8, 1, 2, 3] },
        { "AV1 coded frames", [0xA1, .. "av01"u8, 1, 2, 3] },
        { "ModEx with nanoseconds", [0x97, 2, 0, 0, 5, 0x01, .. "hvc1"u8, 1, 2, 3] },
        { "multitrack", [0x96, 0x21, .. "hvc1"u8, 0, 0, 0, 2, 1, 2] },
        { "unknown FourCC", [0x91, .. "zzzz"u8, 1] },
        { "legacy HEVC", [0x1C, 1, 0, 0, 0, 1] },
        { "sequence header amid the stream", [0x17, 0, 0, 0, 0, 1, 2] },
        { "one byte", [0x57] },
    };

    [Theory]
    [MemberData(nameof(Enhanced))]
    public async Task Enhanced_and_unknown_video_passes_byte_for_byte(string what, byte[] payload)
    {
        Assert.NotEmpty(what);
        await using var host = await TestHost.StartAsync();
        using var peer = await ScriptedPeer.PublishAsync(host.Port);
        var publication = await host.Application.NextAsync();
        await peer.MessageAsync(MessageType.Video, 1, 40, payload);
        var received = await publication.NextAsync();
        Assert.Equal((MediaKind.Video, 40L), (received.Kind, received.Dts));
        Assert.Equal(payload, received.Payload);
    }

    [Fact]
    public async Task An_enhanced_client_is_told_what_the_application_can_and_a_legacy_one_nothing()
    {
        await using var host = await TestHost.StartAsync();
        host.Application.Capabilities = new RtmpCapabilities(
            new Dictionary<string, FourCcUse> { ["hvc1"] = FourCcUse.CanForward }, new Dictionary<string, FourCcUse>(), CapsEx.Reconnect);
        using var enhanced = await ScriptedPeer.ConnectAsync(host.Port);
        await enhanced.ShakeHandsAsync();
        await enhanced.CommandAsync("connect", 1, new AmfObject
        {
            { "app", "live" }, { "fourCcList", new AmfArray(["hvc1", "av01"]) }, { "videoFourCcInfoMap", new AmfObject { { "*", 7.0 } } }, { "capsEx", 15.0 },
        });
        var answer = await enhanced.UntilAsync("_result");
        foreach (var said in answer.Values.Cast<AmfObject>())
        {
            Assert.Equal(new AmfArray(["hvc1"]), said["fourCcList"]);
            Assert.Equal(new AmfObject { { "hvc1", 4.0 } }, said["videoFourCcInfoMap"]);
            Assert.Null(said["audioFourCcInfoMap"]);
            Assert.Equal(1, said.Number("capsEx"));
        }

        using var legacy = await ScriptedPeer.ConnectAsync(host.Port);
        await legacy.ShakeHandsAsync();
        await legacy.CommandAsync("connect", 1, new AmfObject { { "app", "live" } });
        Assert.All((await legacy.UntilAsync("_result")).Values.Cast<AmfObject>(), said => Assert.Null(said["fourCcList"]));
    }

    [Fact]
    public async Task The_key_arrives_byte_exact_even_in_another_charset()
    {
        await using var host = await TestHost.StartAsync();
        using var peer = await ScriptedPeer.OpenAsync(host.Port);
        byte[] key = [0xC9, 0xFA, (byte)'?', (byte)'a', (byte)'=', (byte)'%', (byte)'2', (byte)'0'];
        byte[] body = [.. Wire.Amf("publish", 5.0, AmfNull.Value), 2, 0, (byte)key.Length, .. key, .. Wire.Amf("live")];
        await peer.MessageAsync(MessageType.CommandAmf0, 1, 0, body);
        await peer.UntilAsync("onStatus");
        var secret = Assert.Single(host.Application.Requests).Key.Secret;
        Assert.Equal(key, Wire.Amf(secret)[3..]);
    }

    [Theory]
    [InlineData("FCUnpublish")]
    [InlineData("deleteStream")]
    [InlineData("closeStream")]
    public async Task Each_goodbye_ends_the_stream_and_another_may_follow_on_the_connection(string goodbye)
    {
        await using var host = await TestHost.StartAsync();
        using var peer = await ScriptedPeer.PublishAsync(host.Port);
        var first = await host.Application.NextAsync();
        await peer.MessageAsync(MessageType.Video, 1, 0x90000000, [0x17, 1]);
        await peer.CommandAsync(goodbye, 6, goodbye == "closeStream" ? 1u : 0u, AmfNull.Value, goodbye == "deleteStream" ? 1.0 : (AmfValue)"key");
        Assert.Equal(GateFault.PublisherEnded, (await first.Completed).Fault);
        Assert.Equal(RtmpStatus.UnpublishSuccess, (await peer.UntilAsync("onStatus")).Code);

        await peer.CommandAsync("publish", 7, 1, AmfNull.Value, "key2");
        Assert.Equal(RtmpStatus.PublishStart, (await peer.UntilAsync("onStatus")).Code);
        var second = await host.Application.NextAsync();
        await peer.MessageAsync(MessageType.Video, 1, 5, [0x17, 1]);
        Assert.Equal(5, (await second.NextAsync()).Dts); // a clock of its own
        Assert.Equal(1, first.Completions);
    }

    [Fact]
    public async Task A_publisher_that_just_goes_is_told_apart_from_one_that_says_goodbye()
    {
        await using var host = await TestHost.StartAsync();
        var peer = await ScriptedPeer.PublishAsync(host.Port);
        var publication = await host.Application.NextAsync();
        await peer.MessageAsync(MessageType.Audio, 1, 0, [0xAF, 1]);
        peer.Dispose();
        Assert.Equal(GateFault.PublisherDisconnected, (await publication.Completed).Fault);
        Assert.Single(await publication.RestAsync());
        Assert.Equal(1, publication.Completions);
    }

    [Fact]
    public async Task A_ping_is_answered_with_its_own_stamp_and_a_window_with_acknowledgements()
    {
        await using var host = await TestHost.StartAsync();
        using var peer = await ScriptedPeer.PublishAsync(host.Port);
        await peer.MessageAsync(MessageType.UserControl, 0, 0, [0, 6, 1, 2, 3, 4]);
        Assert.Equal([0, 7, 1, 2, 3, 4], (await peer.UntilAsync(MessageType.UserControl)).Body);
        await peer.MessageAsync(MessageType.WindowAckSize, 0, 0, [0, 0, 0x20, 0]);
        for (var i = 0; i < 10; i++)
            await peer.MessageAsync(MessageType.Video, 1, i, new byte[1000]);
        Assert.Equal(4, (await peer.UntilAsync(MessageType.Acknowledgement)).Body.Length);
        await peer.MessageAsync(MessageType.SetPeerBandwidth, 0, 0, [0, 0, 0x20, 0, 2]);
        Assert.Equal([0x00, 0x26, 0x25, 0xA0], (await peer.UntilAsync(MessageType.WindowAckSize)).Body); // 2,500,000
    }

    [Fact]
    public async Task The_application_may_end_a_stream_and_the_publisher_is_told()
    {
        await using var host = await TestHost.StartAsync(new IngestLimits { CloseLinger = TimeSpan.Zero });
        using var peer = await ScriptedPeer.PublishAsync(host.Port);
        var publication = await host.Application.NextAsync();
        publication.EndNow(new PublicationEnd(GateFault.PolicyBlocked, RtmpStatus.PublishDenied, "unlabelled AI content"));
        var said = Assert.Single(await peer.ToEndAsync());
        Assert.Equal((RtmpStatus.PublishDenied, "unlabelled AI content"), (said.Code, said.Information.Text("description")));
        Assert.Equal(GateFault.PolicyBlocked, (await publication.Completed).Fault);
        Assert.Equal(1, publication.Completions);
    }

    [Fact]
    public async Task A_second_publish_on_a_connection_is_refused()
    {
        await using var host = await TestHost.StartAsync(new IngestLimits { CloseLinger = TimeSpan.Zero });
        using var peer = await ScriptedPeer.PublishAsync(host.Port);
        await peer.CommandAsync("publish", 9, 2, AmfNull.Value, "other");
        Assert.Equal(RtmpStatus.PublishBadName, Assert.Single(await peer.ToEndAsync()).Code);
    }

    [Fact]
    public async Task A_command_before_connect_ends_the_connection()
    {
        await using var host = await TestHost.StartAsync(new IngestLimits { CloseLinger = TimeSpan.Zero });
        using var peer = await ScriptedPeer.ConnectAsync(host.Port);
        await peer.ShakeHandsAsync();
        await peer.CommandAsync("publish", 1, 1, AmfNull.Value, "key");
        Assert.Equal(RtmpStatus.ConnectRejected, Assert.Single(await peer.ToEndAsync()).Code);
        Assert.Empty(host.Application.Requests);
    }

    [Fact]
    public async Task A_publisher_that_leaves_while_the_application_thinks_cancels_it()
    {
        await using var host = await TestHost.StartAsync();
        var asked = new TaskCompletionSource();
        var publication = new TestPublication();
        host.Application.OnPublish = async (_, ct) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, ct).ContinueWith(_ => { }, TaskScheduler.Default);
            return new PublishAnswer.Accepted(publication); // accepted too late: completed at once
        };
        var peer = await ScriptedPeer.OpenAsync(host.Port);
        await peer.CommandAsync("publish", 5, 1, AmfNull.Value, "key", "live");
        await asked.Task;
        peer.Dispose();
        Assert.Equal(GateFault.PublisherDisconnected, (await publication.Completed).Fault);
        Assert.Equal(1, publication.Completions);
    }
}
