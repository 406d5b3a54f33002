using System.Net.WebSockets;
using IntegrityGate.EndToEnd.Tests.Support;

namespace IntegrityGate.EndToEnd.Tests.Interop;

/// <summary>FLV in the binary messages of a WebSocket, at the address of HTTP-FLV.</summary>
[Collection(InteropTestGroup.Name)]
public sealed class WebSocketFlvTests(InteropGate fixture)
{
    private static CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    [Fact]
    public async Task Carries_the_published_media_and_a_close_frame_at_the_end()
    {
        using var folder = new TempFolder();
        var file = folder.In("got.flv");
        await using var stream = await SplicedStream.StartAsync(fixture.Gate);
        using var socket = await ConnectAsync(stream.WebSocketFlv);
        await using (var written = File.Create(file))
        {
            var buffer = new byte[1 << 16];
            ValueWebSocketReceiveResult got;
            while ((got = await socket.ReceiveAsync(buffer.AsMemory(), Limit)).MessageType != WebSocketMessageType.Close)
            {
                Assert.Equal(WebSocketMessageType.Binary, got.MessageType);
                await written.WriteAsync(buffer.AsMemory(0, got.Count));
                if (written.Length > 500_000)
                    await stream.EndAsync();
            }
        }

        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Limit);
        var sent = FlvRecording.Read(stream.Clip).Video.Select(t => t.Digest).ToList();
        var received = FlvRecording.Read(file).Video.Select(t => t.Digest).ToList();
        Assert.True(received.Count > 30);
        Assert.Equal(sent.Skip(sent.IndexOf(received[0])).Take(received.Count), received);
    }

    [Fact]
    public async Task A_player_that_closes_gets_the_answer_to_its_close_frame_and_gives_up_its_place()
    {
        await using var stream = await SplicedStream.StartAsync(fixture.Gate);
        using var socket = await ConnectAsync(stream.WebSocketFlv);
        await socket.ReceiveAsync(new byte[1 << 16].AsMemory(), Limit);
        await stream.ViewersAsync(1);

        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Limit); // what a player says changes nothing
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Limit);

        Assert.Equal(WebSocketState.Closed, socket.State);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
        await stream.ViewersAsync(0);
    }

    [Fact]
    public async Task An_unknown_stream_is_refused_before_the_upgrade()
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new Uri($"ws://{fixture.Gate.Http.BaseAddress!.Authority}/live/nobody.flv"), Limit));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, socket.HttpStatusCode);
    }

    private static async Task<ClientWebSocket> ConnectAsync(string url)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(url), Limit);
        return socket;
    }
}
