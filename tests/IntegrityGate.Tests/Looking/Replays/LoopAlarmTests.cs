using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Enforcement.Judging.Replays;

namespace IntegrityGate.Tests.Looking.Replays;

/// <summary>The alarms and the false alarms of stream.loop, over real clips and what ffmpeg makes of them, through encoder, decoder, print and judge.</summary>
public sealed class LoopAlarmTests : IDisposable
{
    // Every picture: three showings of a clip of a few seconds are over before looks at the live pace have met one moment twice.
    private static readonly TimeSpan _everyPicture = TimeSpan.Zero;
    private static readonly TimeSpan _livePace = TimeSpan.FromSeconds(2);

    // Two minutes in place of ten make a test of three out of one of fifteen; nothing else depends on it.
    private static readonly ReplayOptions _stillSoon = new() { StillAfter = TimeSpan.FromMinutes(2) };

    private readonly ReplayClips _clips = new();

    public void Dispose() => _clips.Dispose();

    [Theory]
    [InlineData("hand-held-objects-2.mp4")]
    [InlineData("hand-held-objects-4.mp4")]
    [InlineData("hand-held-toys-1.mp4")]
    [InlineData("hand-held-toys-2.mp4")]
    [InlineData("talking-head-studio-wall-2.mpg")]
    [InlineData("talking-head-television-1.mp4")]
    [InlineData("talking-head-television-4.mp4")]
    [InlineData("talking-head-television-5.mp4")]
    public async Task A_clip_shown_once_is_no_loop_and_shown_three_times_it_is(string clip)
    {
        var file = ReplayClips.Shared("media/real/" + clip);
        var once = await ReplayRun.PrintsAsync(await _clips.PublishAsync(file, showings: 1), _everyPicture);
        Assert.Empty(new ReplayRun().Show(once).Changes);

        var thrice = await ReplayRun.PrintsAsync(await _clips.PublishAsync(file, showings: 3), _everyPicture);
        var incident = new ReplayRun().Show(thrice).Incident;
        Assert.NotNull(incident);
        Assert.Equal(("gate.stream.loop", Severity.Review), (incident.Rule.Id, incident.Severity));
        // "What is on screen was on screen 6.6 s before": one showing of the three.
        var period = double.Parse(incident.Facts[0].Text.Split(' ')[7], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal((thrice[^1].At - thrice[0].At).TotalSeconds / 3, period, 0.15);
    }

    [Theory]
    [InlineData("table-shop-people-1.mp4")]
    [InlineData("table-shop-people-2.mp4")]
    [InlineData("table-shop-people-3.mp4")]
    public async Task A_real_camera_on_a_stand_is_no_loop_and_no_still_picture(string clip)
    {
        var prints = await ReplayRun.PrintsAsync(await _clips.PublishAsync(ReplayClips.Shared("media/real/" + clip), showings: 1), TimeSpan.FromMilliseconds(500));
        Assert.Empty(new ReplayRun(new ReplayOptions { StillAfter = TimeSpan.FromSeconds(20) }).Show(prints).Changes);
    }

    [Fact]
    public async Task Slides_that_come_again_are_no_loop_however_even_their_turns_are()
    {
        // Eight slides, each some seconds, some of them again; then four in the same order for the same time, four times over.
        await NoAlarmAsync(await SlidesAsync([(0, 9), (1, 14), (2, 7), (0, 11), (3, 8), (1, 13), (4, 6), (0, 9), (2, 12), (5, 7), (1, 8), (0, 10)]));
        await NoAlarmAsync(await SlidesAsync([.. Enumerable.Range(0, 16).Select(i => (i % 4, 6))]));

        async Task NoAlarmAsync(string file) => Assert.Empty(new ReplayRun().Show(await ReplayRun.PrintsAsync(file, _livePace)).Changes);
    }

    [Fact]
    public async Task A_pause_of_some_minutes_is_neither_a_loop_nor_a_still_picture()
    {
        var clip = ReplayClips.Shared("media/real/hand-held-objects-1.mp4");
        var after = ReplayClips.Shared("media/real/hand-held-objects-3.mp4");
        var file = await _clips.ComposeAsync(
            ["-i", clip, "-i", after],
            "[0:v]fps=5,scale=640:360,setsar=1,tpad=stop_mode=clone:stop_duration=180[a];[1:v]fps=5,scale=640:360,setsar=1[b];[a][b]concat=n=2:v=1:a=0[out]",
            195);
        Assert.Empty(new ReplayRun().Show(await ReplayRun.PrintsAsync(file, _livePace)).Changes);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public async Task A_still_camera_with_its_noise_is_no_still_picture(int noise) =>
        Assert.Empty(new ReplayRun(_stillSoon).Show(await StillAsync($"noise=alls={noise}:allf=t")).Changes);

    [Theory]
    [InlineData("null")]
    [InlineData("drawbox=x='mod(t*100,500)':y=300:w=120:h=40:color=red:t=fill")]
    public async Task A_still_picture_is_told_with_or_without_an_overlay_that_moves(string overlay)
    {
        var incident = new ReplayRun(_stillSoon).Show(await StillAsync(overlay)).Incident;
        Assert.NotNull(incident);
        Assert.Equal(("gate.stream.loop", Severity.Review, IncidentState.Open), (incident.Rule.Id, incident.Severity, incident.State));
        Assert.Equal("The picture stands still.", incident.Message);
        Assert.InRange(incident.Facts[0].Score ?? 0, 0.5, 1);
    }

    private static string Slide(int number) =>
        Directory.GetFiles(ReplayClips.Shared("eval/real/pictures"), "*.jpg").Order(StringComparer.Ordinal).Where((_, i) => i % 100 == 5).ElementAt(number);

    private Task<string> SlidesAsync((int Slide, int Seconds)[] shown)
    {
        string[] inputs = [.. shown.SelectMany(slide => new[] { "-loop", "1", "-framerate", "5", "-t", $"{slide.Seconds}", "-i", Slide(slide.Slide) })];
        var scaled = string.Concat(shown.Select((_, i) => $"[{i}:v]scale=640:360,setsar=1[s{i}];"));
        var graph = scaled + string.Concat(shown.Select((_, i) => $"[s{i}]")) + $"concat=n={shown.Length}:v=1:a=0[out]";
        return _clips.ComposeAsync(inputs, graph, shown.Sum(slide => slide.Seconds));
    }

    private async Task<List<PicturePrint>> StillAsync(string filter) => await ReplayRun.PrintsAsync(
        await _clips.ComposeAsync(["-loop", "1", "-framerate", "5", "-i", Slide(1)], $"[0:v]scale=640:360,setsar=1,{filter}[out]", 180), _livePace);
}
