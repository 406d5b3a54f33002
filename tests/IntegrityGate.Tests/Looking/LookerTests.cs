using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Telemetry;
using IntegrityGate.Core.Time;
using IntegrityGate.Detection.Replays;
using IntegrityGate.Detection.Synthetic;
using IntegrityGate.Enforcement.Judging;
using IntegrityGate.Looking;
using IntegrityGate.Looking.Scheduling;

namespace IntegrityGate.Tests.Looking;

public sealed class LookerTests
{
    [Fact]
    public async Task What_a_look_cost_is_what_the_threads_that_worked_on_it_took_and_not_what_it_waited()
    {
        using var printer = new PicturePrinter(1);
        using var frame = new VideoFrame(MediaTime.Zero, 1920, 1080);
        frame.Pixels.Fill(100);
        var looker = new Looker(new Waiting(), null, () => "e", TimeProvider.System, printer);
        var looked = await looker.LookAsync(frame, TestContext.Current.CancellationToken);
        Assert.NotNull(looked.Print);
        Assert.Equal(TimeSpan.FromMilliseconds(7), looker.Spent[LookStage.Synthetic]);
        Assert.Equal(TimeSpan.Zero, looker.Spent[LookStage.Text]);
        Assert.True(looker.Spent[LookStage.Print] > TimeSpan.Zero);
        Assert.Equal(looker.Spent.Total, looker.Spent[LookStage.Synthetic] + looker.Spent[LookStage.Print]);
    }

    [Theory]
    [InlineData(LookStanding.New, false)]
    [InlineData(LookStanding.Clean, true)]
    [InlineData(LookStanding.Suspicious, false)]
    public async Task Only_frames_of_clean_streams_are_scored_by_the_sentinel_first(LookStanding standing, bool expected)
    {
        using var frame = new VideoFrame(MediaTime.Zero, 64, 64);
        var model = new ModelReference("m", "1", new string('a', 64));
        bool? asked = null;
        var detector = new CascadeDetector(() => model, (at, sentinelFirst, _) =>
        {
            asked = sentinelFirst;
            return new ValueTask<EvidenceItem>(new SyntheticScore(at.Pts, model, 0, 0.5, [0], new DetectorLevels(1, 2), null, 1));
        });
        var looker = new Looker(detector, null, () => "e", TimeProvider.System);
        Assert.Equal(LookStanding.New, looker.Standing);
        looker.Standing = standing;
        await looker.LookAsync(frame, TestContext.Current.CancellationToken);
        Assert.Equal(expected, asked);
    }

    // Waits for its thread, then counts seven milliseconds there.
    private sealed class Waiting : IDetector
    {
        public ModelReference Model { get; } = new("waiting", "1", new string('a', 64));

        public async ValueTask<EvidenceItem> InspectAsync(VideoFrame frame, CancellationToken cancellationToken)
        {
            await Task.Run(() => CpuTally.Current!.Add(TimeSpan.FromMilliseconds(7)), cancellationToken);
            return new SyntheticScore(frame.Pts, Model, 0, 0.5, [0], new DetectorLevels(1, 2), null, 1);
        }
    }
}
