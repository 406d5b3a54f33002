using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Splicing;
using IntegrityGate.Media.Tests.Splicing;

namespace IntegrityGate.Media.Tests.Codecs;

/// <summary>HEVC whose key frames are clean random access pictures: what an x265 encoder sends at its defaults.</summary>
[Collection("ffmpeg")]
public sealed class OpenGopTests
{
    private const string Open = "-c:v libx265 -preset ultrafast -x265-params log-level=none:keyint=20:min-keyint=20:scenecut=0:open-gop=1:bframes=3:b-adapt=0";

    [Theory]
    [InlineData(TagStyle.CodedFrames)]
    [InlineData(TagStyle.Legacy)]
    public async Task Only_leading_pictures_that_need_what_was_not_sent_are_lost_at_a_switch(TagStyle style)
    {
        var samples = await EnhancedClips.SamplesAsync(await EnhancedClips.FileAsync(Open), isAv1: false);
        var packets = EnhancedClips.Packets(samples, isAv1: false, style);
        var source = packets.Where(packet => packet.Kind == MediaKind.Video).Select(packet => ReceivedStream.Parse(packet.Dts.Milliseconds, packet.Payload.ToArray())).ToList();
        var pictures = source.Where(one => !one.IsConfiguration).ToList();
        var entries = ((long[])[500, 1300]).Select(at => pictures.FindIndex(one => one.IsKey && one.Dts >= at)).ToArray();
        Assert.All(entries, at => Assert.Equal(21, Type(pictures[at]))); // CRA
        var lost = entries.SelectMany(at => pictures.Skip(at + 1).TakeWhile(one => Type(one) is >= 6 and <= 9).Where(one => Type(one) is 8 or 9)).Select(one => one.Pts).ToHashSet();
        Assert.InRange(lost.Count, 2, 6);
        var edges = entries.Select(at => pictures[at].Pts).ToArray();

        var run = await new SpliceRun().Direct(500, "green").Direct(1300, null).RunAsync(packets);

        var received = run.Output.Where(one => one.Kind == MediaKind.Video).Select(one => ReceivedStream.Parse(one.Dts, one.Payload)).ToList();
        var before = await DecodedPictures.ReadAsync(source, isAv1: false);
        foreach (var readsHeaders in (bool[])[true, false])
        {
            var after = await DecodedPictures.ReadAsync(received, isAv1: false, readsHeaders);
            Assert.Equal("", after.Errors);
            Assert.Equal(before.Hashes.Keys.Except(lost).Order(), after.Hashes.Keys.Order());
            Assert.All(after.Hashes, picture => Assert.True(
                picture.Key >= edges[0] && picture.Key < edges[1] ? after.IsGreen(picture.Key) : picture.Value == before.Hashes[picture.Key], $"picture at {picture.Key} ms"));
        }

        // The access picture that returns is a broken link for decoders that look at it; all others are as they came.
        var back = received.Single(one => one is { IsConfiguration: false, IsKey: true } && one.Pts == edges[1]);
        Assert.Equal(16, Type(back));
        var dts = received.Select(one => one.Dts).ToList();
        Assert.Equal(dts.Order(), dts);
        Assert.All(run.Changes, change => Assert.Equal(GateFault.None, change.Fault));
    }

    [Fact]
    public async Task Within_a_stamped_stretch_no_leading_picture_is_lost()
    {
        var samples = await EnhancedClips.SamplesAsync(await EnhancedClips.FileAsync(Open), isAv1: false);
        var packets = EnhancedClips.Packets(samples, isAv1: false, TagStyle.CodedFrames);
        var source = packets.Where(packet => packet.Kind == MediaKind.Video).Select(packet => ReceivedStream.Parse(packet.Dts.Milliseconds, packet.Payload.ToArray())).ToList();
        var run = await new SpliceRun().Direct(-1, "green").RunAsync(packets);
        var received = run.Output.Where(one => one.Kind == MediaKind.Video).Select(one => ReceivedStream.Parse(one.Dts, one.Payload)).ToList();
        var after = await DecodedPictures.ReadAsync(received, isAv1: false);
        Assert.Equal("", after.Errors);
        Assert.Equal(source.Where(one => !one.IsConfiguration).Select(one => one.Pts).Order(), after.Hashes.Keys.Order());
        Assert.All(after.Plates.Keys, pts => Assert.True(after.IsGreen(pts), $"picture at {pts} ms"));
        Assert.DoesNotContain(run.Changes, change => change.State == SpliceState.CannotStamp);
    }

    private static int Type(ReceivedStream.Message message) => ReceivedStream.Units(message.Data).Select(unit => (unit[0] >> 1) & 0x3F).First(type => type < 32);
}
