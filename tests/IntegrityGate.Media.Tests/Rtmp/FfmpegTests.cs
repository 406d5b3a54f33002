using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>Debian's ffmpeg as publisher and as player.</summary>
public sealed class FfmpegTests
{
    [Fact]
    public async Task Ffmpeg_publishes_and_every_tag_arrives_as_its_muxer_wrote_it()
    {
        Assert.SkipUnless(RealPeer.HasFfmpeg, "ffmpeg is not installed");
        using var folder = RealPeer.Folder();
        await using var host = await TestHost.StartAsync();
        var file = folder.File("published.flv");

        // The tee muxer gives one and the same packets to a file and to us.
        await RealPeer.RunAsync(
            "ffmpeg", [.. FlvFile.ClipArguments, "-flags", "+global_header", "-map", "0:v", "-map", "1:a", "-f", "tee", $"[f=flv]{file}|[f=flv]{host.Url("key")}"]);

        var publication = await host.Application.NextAsync();
        var (fault, _) = await publication.Completed;
        Assert.Equal(GateFault.PublisherEnded, fault);
        var received = await publication.RestAsync();
        var written = FlvFile.Read(file, new PacketPool());
        foreach (var kind in (MediaKind[])[MediaKind.Video, MediaKind.Audio])
        {
            var arrived = received.Where(packet => packet.Kind == kind).ToList();
            Assert.NotEmpty(arrived);
            Assert.Equal(FlvFile.Prints(written, kind), FlvFile.Prints(arrived.Select(packet => (packet.Kind, packet.Payload)), kind));
            Assert.Equal(written.Where(packet => packet.Kind == kind).Select(packet => packet.Dts.Milliseconds), arrived.Select(packet => packet.Dts));
        }

        Assert.Contains(received, packet => packet.Kind == MediaKind.Data && packet.Payload.AsSpan().StartsWith("\u0002\0\u000aonMetaData"u8));
        Assert.Equal(0, host.Pool.Rented);
    }

    [Fact]
    public async Task Ffmpeg_plays_and_writes_the_tags_it_was_given()
    {
        Assert.SkipUnless(RealPeer.HasFfmpeg, "ffmpeg is not installed");
        using var folder = RealPeer.Folder();
        await FlvFile.MakeAsync(folder.File("source.flv"));
        var pool = new PacketPool();
        var source = FlvFile.Read(folder.File("source.flv"), pool);
        await using var host = await TestHost.StartAsync();
        var playback = new TestPlayback();
        host.Application.OnPlay = _ => new PlayAnswer.Accepted(playback);
        foreach (var packet in source)
            playback.Put(packet.Retain());
        playback.Finish();

        await RealPeer.RunAsync("ffmpeg", "-hide_banner", "-loglevel", "error", "-i", host.Url("key"), "-c", "copy", "-f", "flv", folder.File("played.flv"));

        var played = FlvFile.Read(folder.File("played.flv"), pool);
        Assert.Equal(FlvFile.Prints(source, MediaKind.Video), FlvFile.Prints(played, MediaKind.Video));
        Assert.Equal(FlvFile.Prints(source, MediaKind.Audio), FlvFile.Prints(played, MediaKind.Audio));
    }

    [Fact]
    public async Task Ffmpeg_refused_fails_and_nothing_started()
    {
        Assert.SkipUnless(RealPeer.HasFfmpeg, "ffmpeg is not installed");
        await using var host = await TestHost.StartAsync();
        host.Application.OnPublish = (_, _) => ValueTask.FromResult<PublishAnswer>(new PublishAnswer.Refused(RtmpStatus.PublishBadName, "name taken"));
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => RealPeer.RunAsync("ffmpeg", [.. FlvFile.ClipArguments, "-f", "flv", host.Url("key")]));
        Assert.Contains("name taken", failure.Message, StringComparison.Ordinal);
    }
}
