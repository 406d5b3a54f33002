using IntegrityGate.EndToEnd.Tests.Interop.Compatibility;
using IntegrityGate.EndToEnd.Tests.Support;

namespace IntegrityGate.EndToEnd.Tests.Interop;

/// <summary>Web players in Chromium, on another site than the gate's, over both of their ways to read FLV.</summary>
[Collection(InteropTestGroup.Name)]
public sealed class BrowserTests(InteropGate fixture)
{
    private const string Shown =
        "shows the label between two splices and none before and after, as a canvas on another site's page sees it; its clock and frame count advance, no error event";

    [Theory]
    [InlineData("http")]
    [InlineData("ws")]
    [Peer("mpegts.js in Chromium", "player, HTTP-FLV and WebSocket-FLV", Shown)]
    public Task Mpegts_js_shows_the_label_between_two_splices(string protocol) => ShowsTheLabelAsync("mpegts.js", protocol);

    [Theory]
    [InlineData("http")]
    [InlineData("ws")]
    [Peer("flv.js in Chromium", "player, HTTP-FLV and WebSocket-FLV", Shown)]
    public Task Flv_js_shows_the_label_between_two_splices(string protocol) => ShowsTheLabelAsync("flv.js", protocol);

    private async Task ShowsTheLabelAsync(string player, string protocol)
    {
        await using var stream = await SplicedStream.StartAsync(fixture.Gate, repeat: true);
        await using var page = await BrowserPage.OpenAsync(player, protocol == "ws" ? stream.WebSocketFlv : stream.HttpFlv);

        // The page looks a few times a second, and less often on a busy machine: the stamp stays on until it was seen.
        await stream.SpliceTwiceAsync(() => page.Looks.Count > 0, () => page.Log, () => Task.FromResult(page.Looks.Any(l => l.IsLabelled)));
        await Eventually.TrueAsync("the page to show what comes after the label", () => !page.Looks[^1].IsLabelled, seconds: SplicedStream.Patience, details: () => page.Log);
        await stream.EndAsync();
        await Eventually.TrueAsync("the page to see the end", () => page.SawTheEnd || !page.Failures.IsEmpty, seconds: SplicedStream.Patience, details: () => page.Log);

        Assert.Empty(page.Failures);
        Assert.True(page.Jumps.Count <= 2, $"one gap a splice is the player's own: {page.Log}");
        var looks = page.Looks;
        Assert.True(looks[^1].Time - looks[0].Time > 3, $"the clock went from {looks[0].Time} to {looks[^1].Time}");
        Assert.True(looks[^1].Frames - looks[0].Frames > 60, $"frames: {looks[0].Frames} to {looks[^1].Frames}");
        await Seams.StandInPicturesAsync([.. looks.Select(l => l.Picture)]);
    }
}
