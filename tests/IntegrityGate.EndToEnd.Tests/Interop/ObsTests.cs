using IntegrityGate.EndToEnd.Tests.Interop.Compatibility;
using IntegrityGate.EndToEnd.Tests.Support;

namespace IntegrityGate.EndToEnd.Tests.Interop;

/// <summary>OBS Studio itself, streaming through the gate.</summary>
[Collection(InteropTestGroup.Name)]
public sealed class ObsTests
{
    private const int Enough = 90;

    [Fact]
    [Peer("OBS Studio", "publisher", "streams on a virtual screen; every audio and video payload at nginx-rtmp behind the gate equal to OBS's own recording of the stream")]
    public async Task What_OBS_streams_is_what_OBS_records()
    {
        await using var nginx = await NginxRtmp.StartAsync();
        await using var gate = await GateProcess.StartAsync($"upstream:\n  url: {nginx.Url}\ninspection:\n  enabled: false\n");
        await using var obs = ObsEncoder.Start(await Clips.CornerAsync(seconds: 5), gate.Rtmp, "obs");

        await Eventually.TrueAsync(
            "OBS to have streamed and recorded the same pictures",
            () => obs.RecordingSoFar is { } own && nginx.RecordingSoFar("obs") is { } got && Common(Pictures(own), Pictures(got)).Count > Enough,
            seconds: SplicedStream.Patience,
            details: () => obs.Log + gate.Log);

        var (sent, received) = (FlvRecording.Read(obs.RecordingSoFar!), FlvRecording.Read(nginx.RecordingSoFar("obs")!));
        AssertSame(Digests(sent.Video), Digests(received.Video));
        AssertSame(Digests(sent.Audio), Digests(received.Audio));
    }

    // The one may have begun a little before the other, and may reach a little further. x264 signs the first picture of each.
    private static void AssertSame(List<string> sent, List<string> received)
    {
        var longest = Enumerable.Range(-received.Count, sent.Count + received.Count)
            .Select(offset => (From: Math.Max(offset, 0) + 1, To: Math.Max(-offset, 0) + 1))
            .Select(start => (start.From, start.To, Count: Math.Min(sent.Count - start.From, received.Count - start.To)))
            .Where(run => run.Count > 0 && sent.GetRange(run.From, run.Count).SequenceEqual(received.GetRange(run.To, run.Count)))
            .Select(run => run.Count)
            .DefaultIfEmpty()
            .Max();
        Assert.True(longest >= Enough / 2, $"of {sent.Count} and {received.Count} only {longest} in a row are the same");
    }

    private static List<string> Common(List<string> one, List<string> other)
    {
        var known = other.ToHashSet();
        return [.. one.Where(known.Contains)];
    }

    private static List<string> Pictures(string file) => Digests(FlvRecording.Read(file).Video);

    private static List<string> Digests(IEnumerable<FlvRecording.Tag> tags) => [.. tags.Select(t => t.Digest)];
}
