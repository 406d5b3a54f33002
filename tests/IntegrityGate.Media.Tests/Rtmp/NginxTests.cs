using System.Net;
using System.Text;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Rtmp;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>nginx-rtmp as upstream.</summary>
public sealed class NginxTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nginx_records_the_tags_that_the_client_sent_and_plays_them_back()
    {
        Assert.SkipUnless(RealPeer.HasNginx && RealPeer.HasFfmpeg, "nginx with its RTMP module, or ffmpeg, is not installed");
        using var folder = RealPeer.Folder();
        await FlvFile.MakeAsync(folder.File("source.flv"));
        var pool = new PacketPool();
        var source = FlvFile.Read(folder.File("source.flv"), pool);
        var (nginx, port) = await RealPeer.StartNginxAsync(
            folder, $"application live {{ live on; record all; record_path {folder.Path}; record_suffix .rec.flv; play_restart off; }}");
        try
        {
            var target = RtmpTarget.Parse($"rtmp://127.0.0.1:{port}/live");
            var options = new RtmpClientOptions { Key = new StreamKey("key") };
            var client = await RtmpClient.PublishAsync(target, options, pool, TimeProvider.System, NullLogger.Instance, Ct);
            await using var player = await RtmpClient.PlayAsync(target, options, pool, TimeProvider.System, NullLogger.Instance, Ct);
            foreach (var packet in source)
            {
                await client.SendAsync(packet, Ct);
                await client.FlushAsync(Ct);
            }

            var played = new List<MediaPacket>();
            while (FlvFile.Prints(played, MediaKind.Video).Distinct().Count() < source.Count(packet => packet.Kind == MediaKind.Video))
                played.Add((await player.ReadAsync(Ct).AsTask().WaitAsync(TimeSpan.FromSeconds(20), Ct))!);
            await client.DisposeAsync();

            // nginx gives a player the sequence header it remembers and then the one that was sent.
            Assert.Equal(FlvFile.Prints(source, MediaKind.Video), FlvFile.Prints(played, MediaKind.Video).Distinct());
        }
        finally
        {
            RealPeer.Stop(nginx);
        }

        var recorded = FlvFile.Read(folder.File("key.rec.flv"), pool);
        Assert.Equal(FlvFile.Prints(source, MediaKind.Video), FlvFile.Prints(recorded, MediaKind.Video));

        // The recorder writes the audio header it remembers before the one that was sent.
        Assert.Equal(FlvFile.Prints(source, MediaKind.Audio).Distinct(), FlvFile.Prints(recorded, MediaKind.Audio).Distinct());
        Assert.Equal(Times(source, MediaKind.Video), Times(recorded, MediaKind.Video));
        Assert.DoesNotContain("digest not found", await File.ReadAllTextAsync(folder.File("error.log"), Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_publish_that_nginx_denies_by_its_hook_is_a_refusal()
    {
        Assert.SkipUnless(RealPeer.HasNginx, "nginx with its RTMP module is not installed");
        using var folder = RealPeer.Folder();
        using var hook = new HttpListener();
        var hookPort = RealPeer.FreePort();
        hook.Prefixes.Add($"http://127.0.0.1:{hookPort}/");
        hook.Start();
        var asked = Task.Run(async () =>
        {
            var context = await hook.GetContextAsync();
            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            var form = await reader.ReadToEndAsync();
            context.Response.StatusCode = 403;
            context.Response.Close();
            return form;
        }, Ct);
        var (nginx, port) = await RealPeer.StartNginxAsync(folder, $"application live {{ live on; on_publish http://127.0.0.1:{hookPort}/; }}");
        try
        {
            var refused = await Assert.ThrowsAsync<RtmpRefusedException>(() => RtmpClient.PublishAsync(
                RtmpTarget.Parse($"rtmp://127.0.0.1:{port}/live"),
                new RtmpClientOptions { Key = new StreamKey("wrong?token=secret") },
                new PacketPool(),
                TimeProvider.System,
                NullLogger.Instance,
                Ct));
            Assert.Equal(RtmpStage.Publish, refused.Stage);
            Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
            Assert.Contains("name=wrong", await asked, StringComparison.Ordinal);
        }
        finally
        {
            RealPeer.Stop(nginx);
        }
    }

    [Fact]
    public async Task An_app_that_nginx_does_not_have_is_a_refusal_at_connect()
    {
        Assert.SkipUnless(RealPeer.HasNginx, "nginx with its RTMP module is not installed");
        using var folder = RealPeer.Folder();
        var (nginx, port) = await RealPeer.StartNginxAsync(folder, "application live { live on; }");
        try
        {
            var refused = await Assert.ThrowsAsync<RtmpRefusedException>(() => RtmpClient.PublishAsync(
                RtmpTarget.Parse($"rtmp://127.0.0.1:{port}/other"),
                new RtmpClientOptions { Key = new StreamKey("key") },
                new PacketPool(),
                TimeProvider.System,
                NullLogger.Instance,
                Ct));
            Assert.Equal(RtmpStage.ConnectCommand, refused.Stage);
        }
        finally
        {
            RealPeer.Stop(nginx);
        }
    }

    private static IEnumerable<long> Times(IEnumerable<MediaPacket> packets, MediaKind kind) =>
        packets.Where(packet => packet.Kind == kind).Select(packet => packet.Dts.Milliseconds);
}
