using System.Net;
using System.Net.Sockets;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;
using IntegrityGate.Media.Amf;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Rtmp.Chunks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>The client against a server that says what a test wants.</summary>
public sealed class ClientTests : IDisposable
{
    private static readonly RtmpClientOptions Options = new() { Key = new StreamKey("key") };

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly PacketPool _pool = new();

    public ClientTests() => _listener.Start();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private RtmpTarget Target => new("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port, false, "live");

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task The_connect_command_carries_what_the_publisher_said_byte_for_byte()
    {
        var publishing = PublishAsync(Options with
        {
            Key = new StreamKey("key?sign=%20"),
            App = "live?token=x",
            TcUrl = "rtmp://public.example/live?token=x",
            FlashVer = "OBS 31",
            Capabilities = RtmpCapabilities.PassAll,
            ConnectProperties = new AmfObject { { "pageUrl", "http://p" }, { "app", "not this" } },
        });
        using var server = await AcceptAsync();
        var connect = await server.UntilAsync("connect");
        var said = connect.Information;
        Assert.Equal(
            ("live?token=x", "rtmp://public.example/live?token=x", "OBS 31", "http://p"),
            (said.Text("app"), said.Text("tcUrl"), said.Text("flashVer"), said.Text("pageUrl")));
        Assert.Equal(new AmfArray(["*"]), said["fourCcList"]);
        await AnswerAsync(server, connect, new AmfObject { { "code", RtmpStatus.ConnectSuccess }, { "fourCcList", new AmfArray(["hvc1"]) } });
        Assert.Equal("key?sign=%20", ((AmfString)(await server.UntilAsync("releaseStream")).Values[1]).Value);
        Assert.Equal("key?sign=%20", ((AmfString)(await server.UntilAsync("FCPublish")).Values[1]).Value);
        await AnswerAsync(server, await server.UntilAsync("createStream"), 5.0);
        var publish = await server.UntilAsync("publish");
        Assert.Equal((5u, new AmfString("key?sign=%20"), new AmfString("live")), (publish.Stream, publish.Values[1], publish.Values[2]));
        await StatusAsync(server, "status", RtmpStatus.PublishStart);
        await using var client = await publishing;
        Assert.Equal(FourCcUse.CanForward, client.ServerCapabilities.Video["hvc1"]);
    }

    [Theory]
    [InlineData("connect", RtmpStage.ConnectCommand)]
    [InlineData("createStream", RtmpStage.CreateStream)]
    [InlineData("publish", RtmpStage.Publish)]
    public async Task An_error_is_a_refusal_with_its_stage_and_words(string refusedCommand, RtmpStage stage)
    {
        var publishing = PublishAsync(Options);
        using var server = await AcceptAsync();
        var serving = ServeAsync(server, refusedCommand, async command =>
            await server.CommandAsync("_error", command.Transaction, AmfNull.Value, new AmfObject { { "level", "error" }, { "code", "Some.Code" }, { "description", "no" } }));
        var refused = await Assert.ThrowsAsync<RtmpRefusedException>(() => publishing);
        Assert.Equal((stage, "Some.Code", "no"), (refused.Stage, refused.Code, refused.Description));
        await serving;
    }

    [Fact]
    public async Task A_bad_name_is_a_refusal_and_an_error_to_FCPublish_is_not()
    {
        var publishing = PublishAsync(Options);
        using var server = await AcceptAsync();
        await AnswerAsync(server, await server.UntilAsync("connect"), new AmfObject { { "code", RtmpStatus.ConnectSuccess } });
        var release = await server.UntilAsync("releaseStream");
        await server.CommandAsync("_error", release.Transaction, AmfNull.Value, new AmfObject { { "level", "error" }, { "code", "NetConnection.Call.Failed" } });
        await AnswerAsync(server, await server.UntilAsync("createStream"), 1.0);
        var fcPublish = new AmfObject { { "level", "error" }, { "code", "NetConnection.Call.Failed" } };
        await server.CommandAsync("_error", release.Transaction + 1, AmfNull.Value, fcPublish);
        await server.UntilAsync("publish");
        await StatusAsync(server, "error", RtmpStatus.PublishBadName, "taken");
        var refused = await Assert.ThrowsAsync<RtmpRefusedException>(() => publishing);
        Assert.Equal((RtmpStage.Publish, RtmpStatus.PublishBadName, "taken"), (refused.Stage, refused.Code, refused.Description));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_a_timeout_with_its_stage()
    {
        var time = new FakeTimeProvider();
        var publishing = RtmpClient.PublishAsync(Target, Options, _pool, time, NullLogger.Instance, Ct);
        using var server = await AcceptAsync();
        await server.UntilAsync("connect");
        time.Advance(TimeSpan.FromSeconds(16));
        var late = await Assert.ThrowsAsync<RtmpTimeoutException>(() => publishing);
        Assert.Equal(RtmpStage.ConnectCommand, late.Stage);
        Assert.Contains($"upstream {Target}: {RtmpStage.ConnectCommand} took longer than", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_an_error_with_its_stage()
    {
        var target = new RtmpTarget("127.0.0.1", RealPeer.FreePort(), false, "live");
        var failed = await Assert.ThrowsAsync<RtmpFailedException>(() => RtmpClient.PublishAsync(target, Options, _pool, TimeProvider.System, NullLogger.Instance, Ct));
        Assert.Equal(RtmpStage.Connect, failed.Stage);
        Assert.Contains($"upstream {target}: {RtmpStage.Connect} failed", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pings_and_windows_are_answered_while_publishing()
    {
        using var server = await PublishedAsync();
        await server.Peer.MessageAsync(MessageType.UserControl, 0, 0, [0, 6, 9, 8, 7, 6]);
        Assert.Equal([0, 7, 9, 8, 7, 6], (await server.Peer.UntilAsync(MessageType.UserControl)).Body);
        await server.Peer.MessageAsync(MessageType.WindowAckSize, 0, 0, [0, 0, 0x10, 0]);
        await server.Peer.MessageAsync(MessageType.DataAmf0, 1, 0, new byte[5000]);
        await server.Peer.UntilAsync(MessageType.Acknowledgement);
        await server.Client.DisposeAsync();
    }

    [Fact]
    public async Task Metadata_goes_out_as_set_data_frame_and_the_rest_as_it_is()
    {
        using var server = await PublishedAsync();
        var metadata = OnMetaData.Create("AIGC", "{}");
        byte[] other = Wire.Amf("onTextData", new AmfObject());
        byte[] video = [0x17, 1, 0, 0, 0, 9];
        foreach (var (kind, body) in ((MediaKind, byte[])[])[(MediaKind.Data, metadata), (MediaKind.Data, other), (MediaKind.Video, video)])
        {
            var packet = _pool.Copy(kind, new MediaTime(0x1_0000_0005), body);
            await server.Client.SendAsync(packet, Ct);
            packet.Release();
        }

        await server.Client.FlushAsync(Ct);
        byte[] expected = [.. OnMetaData.Prefix, .. metadata];
        Assert.Equal(expected, (await server.Peer.UntilAsync(MessageType.DataAmf0)).Body);
        Assert.Equal(other, (await server.Peer.UntilAsync(MessageType.DataAmf0)).Body);
        var received = await server.Peer.UntilAsync(MessageType.Video);
        Assert.Equal(video, received.Body);
        Assert.Equal(5, received.Dts); // 32 bits on the wire
        await server.Client.DisposeAsync();
    }

    [Fact]
    public async Task A_server_that_closes_ends_the_client_and_its_sends_say_why()
    {
        using var server = await PublishedAsync();
        server.Peer.Dispose();
        var closing = await server.Client.Completion.WaitAsync(ScriptedPeer.Patience, Ct);
        Assert.False(closing.IsOurs);
        Assert.Contains($"upstream {Target}: {RtmpStage.Streaming}", closing.Reason, StringComparison.Ordinal);
        var packet = _pool.Copy(MediaKind.Video, MediaTime.Zero, [1]);
        var lost = await Assert.ThrowsAsync<IOException>(async () => await server.Client.SendAsync(packet, Ct));
        Assert.Equal(closing.Reason, lost.Message);
        await server.Client.DisposeAsync();
    }

    [Fact]
    public async Task A_status_of_error_ends_the_client_with_its_code()
    {
        using var server = await PublishedAsync();
        await StatusAsync(server.Peer, "error", "NetStream.Publish.Denied", "kicked");
        var closing = await server.Client.Completion.WaitAsync(ScriptedPeer.Patience, Ct);
        Assert.Equal("NetStream.Publish.Denied", closing.Code);
        Assert.Contains("kicked", closing.Reason, StringComparison.Ordinal);
        await server.Client.DisposeAsync();
    }

    [Fact]
    public async Task A_reconnect_request_is_passed_on_and_does_not_end_the_stream()
    {
        using var server = await PublishedAsync();
        Assert.Null(server.Client.MoveAsked);
        await StatusAsync(server.Peer, "status", RtmpStatus.ReconnectRequest);
        await Eventually.IsTrue(() => server.Client.MoveAsked is { TcUrl: "" }, "the request");
        Assert.False(server.Client.Completion.IsCompleted);
        await server.Client.DisposeAsync();
    }

    [Fact]
    public async Task A_goodbye_is_FCUnpublish_and_deleteStream()
    {
        using var server = await PublishedAsync();
        var closing = server.Client.DisposeAsync();
        Assert.Equal(new AmfString("key"), (await server.Peer.UntilAsync("FCUnpublish")).Values[1]);
        Assert.Equal(new AmfNumber(1), (await server.Peer.UntilAsync("deleteStream")).Values[1]);
        await StatusAsync(server.Peer, "status", RtmpStatus.UnpublishSuccess);
        await closing;
        Assert.Empty(await server.Peer.ToEndAsync());
    }

    [Fact]
    public async Task A_server_that_stops_reading_makes_the_sender_wait()
    {
        using var server = await PublishedAsync();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var packet = _pool.Copy(MediaKind.Video, MediaTime.Zero, new byte[100_000]);
        var sent = 0;
        var sending = Task.Run(async () =>
        {
            while (true)
            {
                await server.Client.SendAsync(packet, patience.Token);
                Interlocked.Increment(ref sent);
            }
        }, Ct);
        var before = -1;
        while (before != Volatile.Read(ref sent) || before == 0)
        {
            before = Volatile.Read(ref sent);
            await Task.Delay(200, Ct);
        }

        Assert.InRange(before * 100_000L, 1, 20_000_000); // socket buffers, and no more
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        server.Peer.Dispose();
        await server.Client.DisposeAsync();
    }

    private static Task AnswerAsync(ScriptedPeer server, ScriptedPeer.Command command, AmfValue value) =>
        server.CommandAsync("_result", command.Transaction, AmfNull.Value, value);

    private static Task StatusAsync(ScriptedPeer server, string level, string code, string description = "") =>
        server.CommandAsync("onStatus", 0, 1u, AmfNull.Value, new AmfObject { { "level", level }, { "code", code }, { "description", description } });

    private static async Task ServeAsync(ScriptedPeer server, string last, Func<ScriptedPeer.Command, Task> answerLast)
    {
        while (await server.ReadCommandAsync() is { } command)
        {
            if (command.Name == last)
            {
                await answerLast(command);
                return;
            }

            switch (command.Name)
            {
                case "connect":
                    await AnswerAsync(server, command, new AmfObject { { "code", RtmpStatus.ConnectSuccess } });
                    break;
                case "createStream":
                    await AnswerAsync(server, command, 1.0);
                    break;
            }
        }
    }

    private Task<RtmpClient> PublishAsync(RtmpClientOptions options) =>
        RtmpClient.PublishAsync(Target, options, _pool, TimeProvider.System, NullLogger.Instance, Ct);

    private async Task<ScriptedPeer> AcceptAsync()
    {
        var peer = new ScriptedPeer(await _listener.AcceptSocketAsync(Ct));
        await peer.TakeAsync(1537);
        var answer = new byte[3073];
        answer[0] = 3;
        await peer.SendAsync(answer);
        await peer.TakeAsync(1536);
        return peer;
    }

    private async Task<Published> PublishedAsync()
    {
        var publishing = PublishAsync(Options);
        var server = await AcceptAsync();
        await ServeAsync(server, "publish", _ => StatusAsync(server, "status", RtmpStatus.PublishStart));
        return new Published(server, await publishing);
    }

    private sealed record Published(ScriptedPeer Peer, RtmpClient Client) : IDisposable
    {
        public void Dispose() => Peer.Dispose();
    }
}
