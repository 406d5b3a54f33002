using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Splicing;
using IntegrityGate.Media.Tests.Decoding;
using IntegrityGate.Media.Tests.H264;

namespace IntegrityGate.Media.Tests.Splicing;

/// <summary>What the splicer does when the label cannot be set, or the stream is not what it should be.</summary>
[Collection("ffmpeg")]
public sealed class SpliceTroubleTests
{
    private const string Reordered = "-bf 3 -g 20 -b:v 800k";

    private static Task<string> ClipAsync(string encoding, string size = "320x180", double seconds = 3.2) =>
        TestMedia.ClipAsync(FormattableString.Invariant(
            $"-f lavfi -i testsrc2=s={size}:r=30:d={seconds} -f lavfi -i sine=f=440:d={seconds} -c:v libx264 -preset veryfast {encoding} -c:a aac -b:a 64k"));

    private static SpliceOptions Patient(TimeSpan retryAfter) => new() { FlushTimeout = TimeSpan.FromSeconds(20), RetryAfter = retryAfter, MaxRetryAfter = retryAfter };

    private static Task KillEncoderAsync()
    {
        ChildProcesses.Kill(Assert.Single(ChildProcesses.Ffmpeg("libx264")));
        return Task.CompletedTask;
    }

    /// <summary>No picture lost, none moved, no decoder error, audio as it was.</summary>
    private static async Task<(ClipFacts Source, ClipFacts Spliced)> CheckWholeAsync(string clip, SpliceRun run)
    {
        var source = await ClipFacts.ReadAsync(clip);
        var spliced = await ClipFacts.ReadAsync(run.Path);
        Assert.Equal("", spliced.DecoderErrors);
        Assert.Equal(source.Frames.Keys.Order(), spliced.Frames.Keys.Order());
        Assert.Equal(source.FrameCount, spliced.FrameCount);
        Assert.Equal(source.Packets, spliced.Packets);
        Assert.Equal(source.Audio, spliced.Audio);
        return (source, spliced);
    }

    [Fact]
    public async Task A_killed_encoder_costs_no_picture_and_the_publishers_bytes_return_at_the_next_IDR()
    {
        var clip = await ClipAsync(Reordered, seconds: 4);
        var packets = TestMedia.Packets(clip);
        var run = new SpliceRun { Options = Patient(TimeSpan.FromHours(1)), Ahead = 200 }.Direct(500, "green");
        run.Acts.Add(1600, _ => KillEncoderAsync()); // between the IDRs at 1,333 and 2,000 ms
        await run.RunAsync(packets);

        var (source, spliced) = await CheckWholeAsync(clip, run);
        var from = packets.First(packet => packet.IsKeyFrame && packet.Dts.Milliseconds >= 500).Pts.Milliseconds;
        var until = packets.First(packet => packet.IsKeyFrame && packet.Dts.Milliseconds >= 1700).Pts.Milliseconds;
        Assert.All(source.Frames, frame => Assert.True(
            frame.Key >= from && frame.Key < until ? spliced.IsGreen(frame.Key) : frame.Value == spliced.Frames[frame.Key], $"picture at {frame.Key} ms"));
        var failure = Assert.Single(run.Changes, change => change.State == SpliceState.CannotStamp);
        Assert.Equal(GateFault.EncoderFailed, failure.Fault);
        Assert.NotNull(failure.Reason);
    }

    [Fact]
    public async Task After_a_crash_stamping_is_tried_again_at_a_later_IDR()
    {
        var clip = await ClipAsync(Reordered, seconds: 4);
        var run = new SpliceRun { Options = Patient(TimeSpan.FromTicks(1)), Ahead = 200 }.Direct(500, "green");
        run.Acts.Add(1600, _ => KillEncoderAsync());
        await run.RunAsync(TestMedia.Packets(clip));
        var (_, spliced) = await CheckWholeAsync(clip, run);
        Assert.True(spliced.IsGreen(spliced.Frames.Keys.Max()));
        Assert.Equal(
            [SpliceState.Starting, SpliceState.Stamping, SpliceState.CannotStamp, SpliceState.Starting, SpliceState.Stamping, SpliceState.Returning, SpliceState.Forwarding],
            run.Changes.Select(change => change.State));
    }

    [Fact]
    public async Task An_encoder_that_dies_before_its_first_picture_leaves_the_stream_as_it_came()
    {
        var clip = await ClipAsync(Reordered);
        var packets = TestMedia.Packets(clip);
        var expected = packets.Select(packet => packet.Payload.ToArray()).ToList();
        var run = await new SpliceRun { Options = Patient(TimeSpan.FromHours(1)) }.Direct(500, "no such glyph").RunAsync(packets);
        Assert.Equal(expected.Count, run.Output.Count);
        Assert.All(expected.Zip(run.Output), pair => Assert.True(pair.First.AsSpan().SequenceEqual(pair.Second.Payload)));
        Assert.True(
            run.Changes.Any(change => change is { State: SpliceState.CannotStamp, Fault: GateFault.EncoderFailed, Reason: { } reason } && reason.Contains("glyph", StringComparison.Ordinal)),
            string.Join('\n', run.Changes));
    }

    [Fact]
    public async Task An_encoder_that_hangs_is_given_up_and_what_comes_out_decodes()
    {
        var clip = await ClipAsync(Reordered, seconds: 5);
        var packets = TestMedia.Packets(clip);
        var run = new SpliceRun { Ahead = 200, Options = new SpliceOptions { RetryAfter = TimeSpan.FromHours(1), MaxRetryAfter = TimeSpan.FromHours(1), FlushTimeout = TimeSpan.FromSeconds(2) } }.Direct(500, "green");
        var stopped = 0;
        run.Acts.Add(1600, async _ =>
        {
            stopped = Assert.Single(ChildProcesses.Ffmpeg("libx264"));
            await FfmpegTool.RunAsync("kill", "-STOP", stopped.ToString(System.Globalization.CultureInfo.InvariantCulture));
            run.Ahead = 10_000; // nothing comes out any more
        });
        await run.RunAsync(packets);

        var spliced = await ClipFacts.ReadAsync(run.Path);
        var source = await ClipFacts.ReadAsync(clip);
        Assert.Equal("", spliced.DecoderErrors);
        Assert.Equal(source.Audio, spliced.Audio);
        Assert.Equal(source.Frames.Last(), spliced.Frames.Last());
        Assert.Contains(run.Changes, change => change is { State: SpliceState.CannotStamp, Fault: GateFault.EncoderFailed });
        Assert.DoesNotContain(stopped, ChildProcesses.Ffmpeg());
    }

    [Fact]
    public async Task A_stream_without_an_IDR_says_so_and_goes_through()
    {
        var packets = TestMedia.Packets(await ClipAsync("-bf 2 -b:v 800k -x264-params open-gop=1:keyint=20:min-keyint=20:scenecut=0", seconds: 4));
        var count = packets.Count;
        var run = new SpliceRun { Options = new SpliceOptions { NoIdrAfter = TimeSpan.FromSeconds(2) } }.Direct(500, "green");
        await run.RunAsync(packets);
        Assert.Equal(count, run.Output.Count);
        var change = Assert.Single(run.Changes, change => change.State == SpliceState.CannotStamp);
        Assert.Contains("no IDR within 2 s", change.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recovery_points_between_IDRs_do_not_become_IDRs_and_a_return_waits_for_a_true_one()
    {
        // Two open-GOP encodes one after the other: an IDR at 0 and at 2 s, recovery points between.
        const string Open = "-bf 2 -b:v 800k -x264-params open-gop=1:keyint=20:min-keyint=20:scenecut=0 -force_key_frames expr:eq(n,60) -forced-idr 1";
        var clip = await ClipAsync(Open, seconds: 4);
        var packets = TestMedia.Packets(clip);
        var keys = packets.Where(packet => packet.IsKeyFrame).Select(packet => (packet.Pts.Milliseconds, IsIdr: IsIdr(packet))).ToList();
        Assert.Contains(keys, key => !key.IsIdr);
        var run = await new SpliceRun().Direct(-1, "green").Direct(1000, null).RunAsync(packets);
        var source = await ClipFacts.ReadAsync(clip);
        var spliced = await ClipFacts.ReadAsync(run.Path);
        Assert.Equal("", spliced.DecoderErrors);
        Assert.Equal(source.Frames.Keys.Order(), spliced.Frames.Keys.Order());
        var idr = keys.Where(key => key.IsIdr).ElementAt(1).Milliseconds;
        Assert.All(source.Frames, frame => Assert.True(frame.Key < idr ? spliced.IsGreen(frame.Key) : frame.Value == spliced.Frames[frame.Key], $"picture at {frame.Key} ms"));
        Assert.Equal(keys.Where(key => key.IsIdr || key.Milliseconds >= idr).Select(key => key.Milliseconds), spliced.KeyTimes);
    }

    [Fact]
    public async Task A_picture_size_that_changes_under_the_label_gets_a_label_of_its_own()
    {
        var first = TestMedia.Packets(await ClipAsync(Reordered));
        var second = TestMedia.Packets(await ClipAsync(Reordered, "640x360"));
        var shift = first.Max(packet => packet.Dts.Milliseconds) + 100;
        var pool = new PacketPool();
        var all = first.Concat(second.Where(packet => packet.Kind == MediaKind.Video)
            .Select(packet => pool.Copy(packet.Kind, new(packet.Dts.Milliseconds + shift), packet.Payload.Span, packet.Traits))).ToList();
        var run = await new SpliceRun().Direct(500, "green").RunAsync(all);
        var sizes = await FfmpegTool.LinesAsync("ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "frame=width,height", "-of", "csv=p=0", run.Path);
        var spliced = await ClipFacts.ReadAsync(run.Path);
        Assert.Equal("", spliced.DecoderErrors);
        Assert.Equal(["320,180", "640,360"], sizes.Select(line => line.TrimEnd(',')).Distinct());
        Assert.Equal(2 * 96, sizes.Length);
        Assert.DoesNotContain(run.Changes, change => change.State == SpliceState.CannotStamp);
        Assert.All(spliced.Frames.Keys.Where(pts => pts > shift + 200), pts => Assert.True(spliced.Plates[pts].G > 120, $"{pts}: {spliced.Plates[pts]}")); // one plate, scaled by the tool
    }

    [Fact]
    public async Task A_clock_that_starts_anew_does_not_end_the_stamping()
    {
        var clip = await ClipAsync(Reordered);
        var pool = new PacketPool();
        var first = TestMedia.Packets(clip, pool).Where(packet => packet.Kind == MediaKind.Video && packet.Payload.Length > 5).ToList();
        var all = first.Concat(first.Select(packet => pool.Copy(packet.Kind, packet.Dts, packet.Payload.Span, packet.Traits))).ToList();
        var times = all.Where(packet => !packet.IsSequenceHeader).Select(packet => packet.Dts.Milliseconds).ToList();
        var run = await new SpliceRun { Ahead = 4_000, Options = new SpliceOptions { MaxLag = TimeSpan.FromMinutes(1), MaxHold = TimeSpan.FromMinutes(1), FlushTimeout = TimeSpan.FromSeconds(20) } }.Direct(500, "green").RunAsync(all);
        var pictures = run.Output.Where(one => one.Payload[1] == 1).ToList();
        Assert.Equal(times, pictures.Select(one => one.Dts));
        Assert.DoesNotContain(run.Changes, change => change.State == SpliceState.CannotStamp);
        Assert.Equal(2, run.Output.Count(one => one.Payload[1] == 0)); // the publisher's and the encoder's, the same after the restart
    }

    [Fact]
    public async Task Enhanced_tags_stay_enhanced_and_repeated_headers_are_sent_once()
    {
        var clip = await ClipAsync(Reordered);
        var packets = TestMedia.Packets(clip);
        var header = packets.First(packet => packet.IsSequenceHeader && packet.Kind == MediaKind.Video);
        var pool = new PacketPool();
        var enhanced = new List<MediaPacket>();
        foreach (var packet in packets)
        {
            if (packet.Kind == MediaKind.Video && packet.IsKeyFrame)
                enhanced.Add(Enhance(pool, header, packet.Dts));
            enhanced.Add(packet.Kind == MediaKind.Video ? Enhance(pool, packet, packet.Dts) : packet);
        }

        var run = await new SpliceRun().Direct(500, "green").Direct(1300, null).RunAsync(enhanced);
        Assert.All(run.Output.Where(one => one.Kind == MediaKind.Video), one => Assert.Equal(0x80, one.Payload[0] & 0x80));
        var headers = run.Output.Where(one => one.Kind == MediaKind.Video && (one.Payload[0] & 0x0F) == 0).ToList();
        Assert.Equal(2, headers.Where(one => one.Dts is > 500 and < 1400).DistinctBy(one => Convert.ToHexString(one.Payload)).Count());

        // Back in the form that every ffmpeg reads, it is the stream that a legacy publisher would have got.
        var legacy = run.Output.Select(one => one.Kind == MediaKind.Video ? pool.Copy(one.Kind, new(one.Dts), Legacy(one.Payload)) : pool.Copy(one.Kind, new(one.Dts), one.Payload)).ToList();
        var plain = new SpliceRun();
        foreach (var packet in legacy)
            packet.Describe(Media.Flv.TagClassifier.Classify(packet.Kind, packet.Payload.Span));
        await plain.RunAsync(legacy);
        var (_, spliced) = await CheckWholeAsync(clip, plain);
        Assert.True(spliced.IsGreen(packets.First(packet => packet.IsKeyFrame && packet.Dts.Milliseconds >= 500).Pts.Milliseconds));
    }

    [Fact]
    public async Task Another_codec_is_named_as_the_reason()
    {
        var packets = TestMedia.Packets(await ClipAsync(Reordered));
        foreach (var packet in packets.Where(packet => packet.Kind == MediaKind.Video))
            packet.Describe(packet.Traits with { Codec = MediaCodec.Vp9 });
        var count = packets.Count;
        var run = await new SpliceRun().Direct(500, "green").RunAsync(packets);
        Assert.Equal(count, run.Output.Count);
        Assert.Contains("Vp9", Assert.Single(run.Changes, change => change.State == SpliceState.CannotStamp).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disposing_in_the_middle_gives_every_packet_back_and_leaves_no_process()
    {
        var pool = new PacketPool();
        var packets = TestMedia.Packets(await ClipAsync(Reordered), pool);
        var outputs = PacketPool.Shared.Rented;
        var sink = new SpliceRun { Ahead = 10_000 };
        await using (var splicer = new Splicer(new StreamId("test"), new PlatePainter(), new SpliceOptions(), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, sink))
        {
            splicer.Direct(SpliceRun.Label("green"));
            foreach (var packet in packets)
                await splicer.WriteAsync(packet, TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, pool.Rented);
        Assert.Equal(outputs, PacketPool.Shared.Rented);
        Assert.Empty(ChildProcesses.Ffmpeg());
    }

    [Fact]
    public async Task Forwarding_allocates_nothing_per_packet()
    {
        const int Batch = 500, Batches = 100; // a batch fits the inbox, so that the writer never has to wait
        var pool = new PacketPool();
        var sink = new Counter();
        await using var splicer = new Splicer(new StreamId("test"), new PlatePainter(), new SpliceOptions(), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, sink);
        var before = 0L;
        for (var batch = 0; batch < 2 * Batches; batch++)
        {
            if (batch == Batches)
                before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < Batch; i++)
                await splicer.WriteAsync(pool.Rent(MediaKind.Video, new((batch * Batch) + i), 0, new PacketTraits(MediaCodec.H264)), CancellationToken.None);
            var expected = (batch + 1) * Batch;
            Assert.True(SpinWait.SpinUntil(() => sink.Count == expected, TimeSpan.FromSeconds(20)));
        }

        // Packets without bytes: rented buffers are the pool's business. What is left is the loop's wake-up and this test's closure, once a batch.
        Assert.InRange((GC.GetTotalAllocatedBytes(precise: true) - before) / (double)(Batch * Batches), 0, 4);
    }

    private sealed class Counter : IPacketSink
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Write(MediaPacket packet)
        {
            packet.Release();
            Interlocked.Increment(ref _count);
        }
    }

    private static bool IsIdr(MediaPacket packet) => Media.H264.AccessUnit.Read(packet.Payload.Span[5..], 4).IsIdr;

    private static MediaPacket Enhance(PacketPool pool, MediaPacket packet, Core.Time.MediaTime dts)
    {
        var legacy = packet.Payload.Span;
        var isHeader = legacy[1] == 0;
        byte[] payload = [(byte)(0x80 | (legacy[0] & 0xF0) | (isHeader ? 0 : 1)), (byte)'a', (byte)'v', (byte)'c', (byte)'1', .. isHeader ? [] : legacy[2..5], .. legacy[5..]];
        if (legacy[1] == 2)
            payload[0] = 0x92; // SequenceEnd
        return pool.Copy(packet.Kind, dts, payload, Media.Flv.TagClassifier.Classify(packet.Kind, payload));
    }

    private static byte[] Legacy(byte[] enhanced)
    {
        var type = enhanced[0] & 0x0F;
        return type switch
        {
            0 => [0x17, 0, 0, 0, 0, .. enhanced[5..]],
            1 => [(byte)((enhanced[0] & 0x70) | 7), 1, .. enhanced[5..]],
            _ => [0x17, 2, 0, 0, 0],
        };
    }
}
