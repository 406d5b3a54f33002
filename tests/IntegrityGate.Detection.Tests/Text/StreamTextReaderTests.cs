using System.Diagnostics;
using System.Diagnostics.Metrics;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Time;
using IntegrityGate.Detection.Tests.Labels;
using IntegrityGate.Detection.Tests.Support;
using IntegrityGate.Detection.Text;

namespace IntegrityGate.Detection.Tests.Text;

public sealed class StreamTextReaderTests(ITestOutputHelper output)
{
    private static readonly LabelCase _label = new()
    {
        Words = "AI生成",
        Font = LabelScene.SansBold,
        HeightFraction = 0.06,
        Opacity = 1,
        Style = LabelStyle.Plate,
        Layout = LabelLayout.Row,
        Place = LabelPlace.BottomRight,
        OutlineFraction = 0.08,
        Width = 640,
        Height = 360,
        Crf = 26,
        Picture = 7,
    };

    [Fact]
    public async Task An_unchanged_label_is_reported_without_reading_and_a_changed_one_is_read()
    {
        using var stream = new Stream();
        var whole = await stream.LookAsync(0, _label);
        Assert.True(whole.IsWhole);
        stream.Demand = TextDemand.At(Assert.Single(whole.Lines).Box);

        var held = await stream.LookAsync(1, _label with { Crf = 32, Picture = 8 });
        Assert.Equal("held", stream.How);
        Assert.Equal(("AI生成", false), (Assert.Single(held.Lines).Text, held.IsWhole));
        Assert.Equal(held.Lines[0].Box, Assert.Single(held.Parts!));

        var faded = await stream.LookAsync(2, _label with { Opacity = 0.7 });
        Assert.Equal("place", stream.How);
        Assert.Equal("AI生成", Assert.Single(faded.Lines).Text);

        // Held as it looks now.
        await stream.LookAsync(3, _label with { Opacity = 0.7 });
        Assert.Equal("held", stream.How);
    }

    [Fact]
    public async Task A_label_that_is_gone_or_says_something_else_is_looked_for_in_the_whole_frame()
    {
        using var stream = new Stream();
        var whole = await stream.LookAsync(0, _label);
        stream.Demand = TextDemand.At(whole.Lines[0].Box);
        var other = await stream.LookAsync(1, _label with { Words = "AI主播" });
        Assert.Equal(("whole", true), (stream.How, other.IsWhole));
        Assert.DoesNotContain(other.Lines, line => line.Text.Contains("生成", StringComparison.Ordinal));

        await stream.LookAsync(2, _label);
        var moved = await stream.LookAsync(3, _label with { Place = LabelPlace.TopLeft });
        Assert.True(moved.IsWhole);
        Assert.Contains(moved.Lines, line => line.Text == "AI生成" && line.Box.CentreX < 320);
    }

    [Fact]
    public async Task Edges_show_what_stands_at_the_edges_and_say_so()
    {
        using var stream = new Stream();
        await stream.LookAsync(0, _label with { Place = LabelPlace.Left });
        stream.Demand = TextDemand.Edges;
        var middle = await stream.LookAsync(1, _label with { Place = LabelPlace.Left });
        Assert.Equal(("edges", false, 0), (stream.How, middle.IsWhole, middle.Lines.Count));
        Assert.Equal([new PixelBox(0, 0, 640, 90), new PixelBox(0, 270, 640, 90)], middle.Parts);
        foreach (var place in new[] { LabelPlace.TopLeft, LabelPlace.Top, LabelPlace.BottomRight })
        {
            var edge = await stream.LookAsync(2, _label with { Place = place });
            Assert.Equal("AI生成", Assert.Single(edge.Lines).Text);
            // As on the whole frame, but for the network's other surroundings.
            Assert.InRange(edge.Lines[0].GlyphHeight, 0.06 * 360 * 0.95, 0.06 * 360 * 1.05);
        }
    }

    [Fact]
    public async Task The_whole_frame_is_read_first_after_the_interval_at_another_size_and_when_the_clock_begins_anew()
    {
        using var stream = new Stream { Demand = TextDemand.Edges };
        Assert.True((await stream.LookAsync(100, _label)).IsWhole);
        Assert.False((await stream.LookAsync(129, _label)).IsWhole);
        Assert.True((await stream.LookAsync(130, _label)).IsWhole);
        Assert.False((await stream.LookAsync(131, _label)).IsWhole);
        Assert.True((await stream.LookAsync(132, _label with { Width = 854, Height = 480 })).IsWhole);
        Assert.True((await stream.LookAsync(5, _label with { Width = 854, Height = 480 })).IsWhole);
    }

    [Fact]
    public async Task A_place_where_nothing_is_known_makes_the_reading_whole()
    {
        using var stream = new Stream();
        await stream.LookAsync(0, _label);
        stream.Demand = TextDemand.At(new PixelBox(0, 0, 40, 20));
        Assert.True((await stream.LookAsync(1, _label)).IsWhole);
    }

    /// <summary>Prints what a look costs by how it reads; run it by name for the table in models/README.md.</summary>
    [Fact(Explicit = true)]
    public async Task What_a_look_costs()
    {
        var label = _label with { Width = 1280, Height = 720 };
        using var stream = new Stream();
        var place = (await stream.LookAsync(0, label)).Lines[0].Box;
        TextDemand[] demands = [TextDemand.Whole, TextDemand.Edges, TextDemand.At(place)];
        var times = new Dictionary<string, List<double>>();
        for (var round = 0; round < 20; round++)
        {
            foreach (var demand in demands)
            {
                stream.Demand = demand;
                foreach (var shown in new[] { label, label with { Opacity = round % 2 == 0 ? 0.7 : 0.9 } })
                {
                    using var frame = Stream.Draw(0.01 * round, shown);
                    var start = Stopwatch.GetTimestamp();
                    await stream.LookAsync(frame);
                    var name = stream.How == "whole" && demand.Scope != TextScope.Whole ? "whole, after the place" : stream.How;
                    times.TryAdd(name, []);
                    times[name].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
            }
        }

        foreach (var (how, values) in times)
            output.WriteLine(FormattableString.Invariant($"{how}: {values.Order().ElementAt(values.Count / 4) / times["whole"].Order().ElementAt(times["whole"].Count / 4):0.0000} of a whole reading ({values.Count} looks)"));
    }

    private sealed class Stream : IDisposable
    {
        private readonly FrameTextReader _reader;
        private readonly StreamTextReader _stream;
        private readonly MeterListener _meter = new();

        public Stream()
        {
            Repository.RequireReader();
            LabelScene.RequireFonts();
            _reader = LabelTrial.LoadReader();
            _stream = new StreamTextReader(_reader, () => Demand);
            _meter.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "integritygate.detect.text_readings")
                    listener.EnableMeasurementEvents(instrument);
            };
            _meter.SetMeasurementEventCallback<long>((_, _, tags, _) => How = (string)tags[0].Value!);
            _meter.Start();
        }

        public TextDemand Demand { get; set; } = TextDemand.Whole;

        /// <summary>How the newest reading was made.</summary>
        public string How { get; private set; } = "";

        public async Task<TextReading> LookAsync(double seconds, LabelCase label)
        {
            using var frame = Draw(seconds, label);
            return await LookAsync(frame);
        }

        public async Task<TextReading> LookAsync(VideoFrame frame) =>
            (TextReading)await _stream.InspectAsync(frame, TestContext.Current.CancellationToken);

        public static VideoFrame Draw(double seconds, LabelCase label)
        {
            using var bitmap = LabelScene.Background(label.Picture, label.Width, label.Height);
            var drawn = LabelScene.Draw(bitmap, label);
            using var decoded = H264.RoundTrip([drawn.Pixels], label.Width, label.Height, label.Crf)[0];
            var frame = new VideoFrame(new MediaTime((long)(seconds * 1000)), label.Width, label.Height);
            decoded.Pixels.CopyTo(frame.Pixels);
            return frame;
        }

        public void Dispose()
        {
            _meter.Dispose();
            _reader.Dispose();
        }
    }
}
