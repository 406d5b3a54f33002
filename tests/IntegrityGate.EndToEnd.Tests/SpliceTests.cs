using IntegrityGate.EndToEnd.Tests.Interop.Compatibility;
using IntegrityGate.EndToEnd.Tests.Support;
using IntegrityGate.Reporting.V1;

namespace IntegrityGate.EndToEnd.Tests;

/// <summary>A stream that turns AI in the middle and back, by declaration over gRPC and its withdrawal.</summary>
public sealed class SpliceTests
{
    [Fact]
    [Peer("nginx-rtmp", "upstream", "takes and records a stream through two splices; pictures outside the stamped GOPs equal to the last bit, sound untouched, times kept")]
    public async Task Frames_outside_the_stamped_GOPs_are_bit_exact_and_nothing_is_lost_at_the_seams()
    {
        await using var nginx = await NginxRtmp.StartAsync();
        await using var gate = await GateProcess.StartAsync($"upstream:\n  url: {nginx.Url}\n");
        var clip = await Clips.PlainAsync(seconds: 22);
        await using var publisher = Publisher.Start(clip, gate.Rtmp + "/turns");
        var stream = await gate.LiveStreamAsync();
        var declarations = new Declarations.DeclarationsClient(gate.Grpc);

        await MediaTimeAsync(gate, stream, 5);
        var declared = await declarations.DeclareAsync(new DeclareRequest { StreamId = stream, Attribute = AigcAttribute.Generated, By = "room operator" });
        Assert.True(declared.AppliedToLiveStream);
        await MediaTimeAsync(gate, stream, 12);
        await declarations.WithdrawAsync(new WithdrawRequest { DeclarationId = declared.Declaration.Id, By = "room operator", Why = "the avatar left" });
        await publisher.Process.WaitForExitAsync();
        Assert.Equal(0, publisher.Process.ExitCode);

        var recording = await nginx.RecordingAsync("turns");
        var decode = await Tool.RunAsync("ffmpeg", "-v", "error", "-i", recording, "-f", "null", "-");
        Assert.Equal("", decode.Errors.Trim());
        var (sent, got) = (FlvRecording.Read(clip), FlvRecording.Read(recording));
        Assert.Equal(sent.Audio.Select(t => t.Digest), got.Audio.Select(t => t.Digest));
        Assert.Equal(Relative(sent.Video.Select(t => t.Pts)), Relative(got.Video.Select(t => t.Pts)));
        Assert.Equal(Relative(sent.Video.Select(t => t.Dts)), Relative(got.Video.Select(t => t.Dts)));
        // The end-of-sequence tag that an encoder sends last (5 bytes) repeats the time of the last picture.
        var coded = got.Tags.Where(t => t.Payload.Length > 5).ToList();
        Assert.All(coded.Zip(coded.Skip(1)), pair => Assert.True(pair.First.Dts <= pair.Second.Dts, $"{pair.Second.Kind} at {pair.Second.Dts} after {pair.First.Dts}"));

        var (before, after) = (await GrayFrame.ReadAsync(clip, 0, 60), await GrayFrame.ReadAsync(recording, 0, 60));
        Assert.Equal(before.Count, after.Count);
        var touched = Enumerable.Range(0, before.Count).Where(i => !before[i].Luma.AsSpan().SequenceEqual(after[i].Luma)).ToList();
        // Whole GOPs of 60 frames, one stretch, somewhere within the declared time and one GOP after it.
        Assert.NotEmpty(touched);
        Assert.Equal(0, touched[0] % 60);
        Assert.Equal(59, touched[^1] % 60);
        Assert.Equal(touched[^1] - touched[0] + 1, touched.Count);
        Assert.InRange(touched[0], 5 * 30, 10 * 30);
        Assert.InRange(touched[^1], 12 * 30, 17 * 30);
        Assert.NotNull(PixelRuler.Measure(after[touched[0]], before[touched[0]]));
        Assert.NotNull(PixelRuler.Measure(after[touched[^1]], before[touched[^1]]));
    }

    private static async Task MediaTimeAsync(GateProcess gate, string stream, double seconds) =>
        await gate.StreamAsync($"media time {seconds} s", s => s.Id == stream && s.MediaTime?.ToTimeSpan().TotalSeconds >= seconds);

    private static List<long> Relative(IEnumerable<long> times)
    {
        var sorted = times.Order().ToList();
        return [.. sorted.Select(t => t - sorted[0])];
    }
}
