using IntegrityGate.EndToEnd.Tests.Support;
using IntegrityGate.Reporting.V1;

namespace IntegrityGate.EndToEnd.Tests;

/// <summary>Streams that nobody has to touch leave as they came.</summary>
public sealed class UntouchedStreamTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_that_shows_a_sufficient_label_keeps_every_video_byte_and_opens_no_incident(bool declared)
    {
        await using var nginx = await NginxRtmp.StartAsync();
        await using var gate = await GateProcess.StartAsync($"upstream:\n  url: {nginx.Url}\n");
        await using var feed = new FeedReader(gate.Grpc);
        var clip = await Clips.LabelledAsync();

        await Publisher.PublishAsync(clip, gate.Rtmp + "/labelled", declare: declared);
        var recording = await nginx.RecordingAsync("labelled");

        SameBytes(clip, recording);
        Assert.True(feed.Events.Count == 0, $"{string.Join('\n', feed.Events.Select(e => e.Event))}\n{gate.Log}");
    }

    [Fact]
    public async Task Camera_footage_keeps_every_byte_and_opens_no_incident()
    {
        await using var nginx = await NginxRtmp.StartAsync();
        await using var gate = await GateProcess.StartAsync($"upstream:\n  url: {nginx.Url}\n");
        await using var feed = new FeedReader(gate.Grpc);
        // Mean score -1.22 in the clips' own table, far under the review level of 0.76.
        var clip = await Clips.SharedAsync("real/hand-held-objects-1.mp4");

        await Publisher.PublishAsync(clip, gate.Rtmp + "/camera");
        var recording = await nginx.RecordingAsync("camera");

        SameBytes(clip, recording);
        Assert.DoesNotContain(feed.Events, e => e.Event.Incident.Severity > Severity.Review);
        Assert.True(feed.Events.Count == 0, $"{string.Join('\n', feed.Events.Select(e => e.Event))}\n{gate.Log}");
    }

    private static void SameBytes(string clip, string recording)
    {
        var (sent, got) = (FlvRecording.Read(clip), FlvRecording.Read(recording));
        Assert.Equal(sent.Video.Select(t => t.Digest), got.Video.Select(t => t.Digest));
        Assert.Equal(sent.Audio.Select(t => t.Digest), got.Audio.Select(t => t.Digest));
        Assert.Equal(sent.Tags.First(t => t.IsSequenceHeader).Digest, got.Tags.First(t => t.IsSequenceHeader).Digest);
    }
}
