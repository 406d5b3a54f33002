using IntegrityGate.EndToEnd.Tests.Support;

namespace IntegrityGate.EndToEnd.Tests.Interop;

/// <summary>mpegts.js in Chromium, on another site than the gate's, over both of its ways to read FLV.</summary>
[Collection(InteropTestGroup.Name)]
public sealed class BrowserTests(InteropGate fixture)
{
    [Theory]
    [InlineData("http")]
    [InlineData("ws")]
    public async Task Mpegts_js_shows_the_label_between_two_splices(string protocol)
    {
        await using var stream = await SplicedStream.StartAsync(fixture.Gate, repeat: true);
        await using var page = await BrowserPage.OpenAsync(protocol == "ws" ? stream.WebSocketFlv : stream.HttpFlv);

        // The page looks a few times a second, and less often on a busy machine: the stamp stays on until it was seen.
        await stream.SpliceTwiceAsync(() => page.Looks.Count > 0, () => page.Log, () => page.Looks.Any(l => l.IsLabelled));
        await Eventually.TrueAsync("the page to show what comes after the label", () => !page.Looks[^1].IsLabelled, seconds: SplicedStream.Patience, details: () => page.Log);
        await stream.EndAsync();
        await Eventually.TrueAsync("the page to see the end", () => page.SawTheEnd || !page.Failures.IsEmpty, seconds: SplicedStream.Patience, details: () => page.Log);

        Assert.Empty(page.Failures);
        var looks = page.Looks;
        Assert.True(looks[^1].Time - looks[0].Time > 3, $"the clock went from {looks[0].Time} to {looks[^1].Time}");
        Assert.True(looks[^1].Frames - looks[0].Frames > 60, $"frames: {looks[0].Frames} to {looks[^1].Frames}");
        await Seams.StandInPicturesAsync([.. looks.Select(l => l.Picture)]);
    }
}
