using System.Runtime.InteropServices;
using IntegrityGate.Core.Audio;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;
using IntegrityGate.Media.Decoding;
using IntegrityGate.Media.Decoding.Audio;
using IntegrityGate.Media.Flv;
using IntegrityGate.Media.Tests.H264;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.Media.Tests.Decoding.Audio;

[Collection("ffmpeg")]
public sealed class AudioDecoderTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // The machine may be busy: nothing here is about time.
    private static AudioDecoder Decoder(AudioDecoderOptions? options = null) => new(
        (options ?? new AudioDecoderOptions()) with { StartTimeout = TimeSpan.FromMinutes(3), RequestTimeout = TimeSpan.FromMinutes(3) }, TimeProvider.System, NullLogger<AudioDecoder>.Instance);

    [Fact]
    public async Task One_worker_gives_the_sound_of_interleaved_streams_as_a_plain_ffmpeg_does()
    {
        string[] clips =
        [
            await ClipAsync("sine=frequency=440:sample_rate=44100:duration=4", "-c:a aac -b:a 64k"),
            await ClipAsync("sine=frequency=1200:sample_rate=48000:duration=4,pan=stereo|c0=c0|c1=0.2*c0", "-c:a aac -b:a 128k"),
            await ClipAsync("anoisesrc=sample_rate=22050:duration=4:amplitude=0.3:seed=5", "-c:a aac -b:a 64k"),
            await ClipAsync("sine=frequency=700:sample_rate=16000:duration=4", "-c:a aac -b:a 32k"),
            await ClipAsync("sine=frequency=300:sample_rate=48000:duration=4,pan=5.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0", "-c:a aac -b:a 256k"),
        ];
        await using var decoder = Decoder();
        for (var turn = 0; turn < 2; turn++)
        {
            foreach (var clip in clips)
            {
                var (header, packets) = Audio(clip);
                using var window = await DecodedAsync(decoder, clip, header, packets);
                Assert.Equal(packets[0].Dts, window.At);
                var reference = await ReferenceAsync(clip);
                Assert.InRange(window.Length, reference.Length - 2000, reference.Length + 2000);
                Assert.True(Likeness(window.Samples, reference) > 0.99, $"clip {Array.IndexOf(clips, clip)} turn {turn}: likeness {Likeness(window.Samples, reference)}");
            }
        }
    }

    [Theory]
    [InlineData("libmp3lame -b:a 128k", ".mp3", MediaCodec.Mp3)]
    [InlineData("libopus -b:a 64k", ".ogg", MediaCodec.Opus)]
    [InlineData("flac", ".flac", MediaCodec.Flac)]
    [InlineData("ac3 -b:a 128k", ".ac3", MediaCodec.Ac3)]
    [InlineData("eac3 -b:a 128k", ".eac3", MediaCodec.Eac3)]
    public async Task Whatever_else_a_publisher_may_send_is_decoded(string encoding, string extension, MediaCodec codec)
    {
        var clip = await TestMedia.ClipAsync("-f lavfi -i sine=frequency=880:sample_rate=48000:duration=3 -c:a " + encoding, extension);
        var (header, packets) = await DemuxedAsync(clip, codec);
        await using var decoder = Decoder();
        using var window = await DecodedAsync(decoder, "other", header, packets);
        Assert.InRange(window.Length, 2.7 * AudioWindow.SampleRate, 3.3 * AudioWindow.SampleRate);
        Assert.InRange(Hertz(window.Samples[8000..40_000]), 870, 890);
    }

    [Fact]
    public async Task Lost_packets_leave_silence_and_move_nothing()
    {
        var clip = await ClipAsync("sine=frequency=440:sample_rate=44100:duration=4", "-c:a aac -b:a 64k");
        var (header, packets) = Audio(clip);
        packets.RemoveAll(packet => packet.Dts.Milliseconds is > 1500 and < 2500);
        await using var decoder = Decoder();
        using var window = await DecodedAsync(decoder, "holes", header, packets);
        Assert.InRange(window.Length, 3.8 * AudioWindow.SampleRate, 4.2 * AudioWindow.SampleRate);
        Assert.InRange(Rms(window.Samples[27_000..38_000]), 0, 0.001);
        Assert.InRange(Hertz(window.Samples[42_000..60_000]), 435, 445);
    }

    [Fact]
    public async Task Bits_that_are_no_sound_give_none_and_the_next_stream_is_not_touched()
    {
        var clip = await ClipAsync("sine=frequency=440:sample_rate=44100:duration=4", "-c:a aac -b:a 64k");
        var (header, packets) = Audio(clip);
        await using var decoder = Decoder();
        var random = new Random(1);
        for (var turn = 0; turn < 12; turn++)
        {
            var pool = new PacketPool();
            var broken = packets.Select(packet => Broken(pool, packet, random, turn)).ToList();
            var answer = await decoder.DecodeAsync(new AudioDecodeRequest(new StreamId("broken"), turn % 3 == 2 ? Broken(pool, header, random, 1) : header, broken, false), Ct);
            (answer as AudioDecodeResult.Decoded)?.Window.Dispose();
            using var window = await DecodedAsync(decoder, "well", header, packets);
            Assert.InRange(Hertz(window.Samples[8000..40_000]), 435, 445);
        }
    }

    [Fact]
    public async Task What_is_over_a_limit_or_no_sound_at_all_is_refused_with_the_reason()
    {
        var clip = await ClipAsync("sine=frequency=440:sample_rate=44100:duration=4", "-c:a aac -b:a 64k");
        var (header, packets) = Audio(clip);
        await Refused(new AudioDecoderOptions { MaxWindowBytes = 1000 }, header, packets, GateFault.PublisherLimit);
        await Refused(new AudioDecoderOptions { MaxPackets = 3 }, header, packets, GateFault.PublisherLimit);
        await Refused(new AudioDecoderOptions { MaxWindow = TimeSpan.FromSeconds(1) }, header, packets, GateFault.PublisherLimit);
        await Refused(new AudioDecoderOptions(), null, packets, GateFault.DecoderFailed);
        await Refused(new AudioDecoderOptions(), header, [], GateFault.DecoderFailed);
        await Refused(new AudioDecoderOptions { FfmpegFolder = "/nowhere" }, header, packets, GateFault.DecoderFailed);

        static async Task Refused(AudioDecoderOptions options, MediaPacket? header, List<MediaPacket> packets, GateFault fault)
        {
            await using var decoder = Decoder(options);
            var failed = Assert.IsType<AudioDecodeResult.Failed>(await decoder.DecodeAsync(new AudioDecodeRequest(new StreamId("s"), header, packets, false), Ct));
            Assert.Equal(fault, failed.Fault);
            Assert.NotEmpty(failed.Reason);
        }
    }

    [Fact]
    public async Task A_worker_is_renewed_after_its_number_of_windows()
    {
        var clip = await ClipAsync("sine=frequency=440:sample_rate=44100:duration=4", "-c:a aac -b:a 64k");
        var (header, packets) = Audio(clip);
        await using var decoder = Decoder(new AudioDecoderOptions { WindowsPerWorker = 1 });
        for (var turn = 0; turn < 3; turn++)
        {
            using var window = await DecodedAsync(decoder, "again", header, packets);
            Assert.InRange(window.Length, 60_000, 68_000);
        }
    }

    [Fact]
    public async Task A_file_is_read_to_its_end_in_windows_that_overlap()
    {
        var clip = await ClipAsync("sine=frequency=440:sample_rate=44100:duration=9", "-c:a aac -b:a 64k");
        var windows = new List<(long At, int Length, bool IsStart)>();
        await foreach (var window in new FileAudioSource().ReadAsync(clip, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(1), Ct))
        {
            windows.Add((window.At.Milliseconds, window.Length, window.IsStart));
            Assert.InRange(Hertz(window.Samples[3000..15_000]), 430, 450);
            window.Dispose();
        }

        Assert.Equal([0L, 3000, 6000], windows.Select(window => window.At - windows[0].At));
        Assert.Equal([true, false, false], windows.Select(window => window.IsStart));
        Assert.Equal([64_000, 64_000], windows.Take(2).Select(window => window.Length));
        Assert.InRange(windows[2].Length, 47_000, 50_000);
        await Assert.ThrowsAsync<MediaUnreadableException>(async () =>
        {
            await foreach (var window in new FileAudioSource().ReadAsync("/nowhere.wav", TimeSpan.FromSeconds(4), TimeSpan.Zero, Ct))
                window.Dispose();
        });
    }

    private static Task<string> ClipAsync(string source, string encoding) => TestMedia.ClipAsync($"-f lavfi -i {source} {encoding}");

    private static (MediaPacket Header, List<MediaPacket> Packets) Audio(string clip)
    {
        var audio = TestMedia.Packets(clip).Where(packet => packet.Kind == MediaKind.Audio).ToList();
        return (audio[0], audio.Skip(1).Where(packet => packet.Payload.Length > packet.Traits.HeaderLength).ToList());
    }

    // ffmpeg's own demuxer as the source of packets: sizes and times by ffprobe, bytes by the packet's place in the raw stream.
    private static async Task<(MediaPacket? Header, List<MediaPacket> Packets)> DemuxedAsync(string clip, MediaCodec codec)
    {
        var pool = new PacketPool();
        var lines = await FfmpegTool.LinesAsync("ffprobe", "-v", "error", "-select_streams", "a:0", "-show_packets", "-show_data", "-show_entries", "packet=pts_time,size,data", "-of", "json", clip);
        using var json = System.Text.Json.JsonDocument.Parse(string.Concat(lines.Select(line => line + "\n")));
        var packets = json.RootElement.GetProperty("packets").EnumerateArray().Select(packet =>
        {
            var seconds = double.Parse(packet.GetProperty("pts_time").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
            return Packet(pool, codec, (long)Math.Max(0, seconds * 1000), Bytes(packet.GetProperty("data").GetString()!), isHeader: false);
        }).ToList();
        var extra = await FfmpegTool.LinesAsync("ffprobe", "-v", "error", "-select_streams", "a:0", "-show_data", "-show_entries", "stream=extradata", "-of", "json", clip);
        using var stream = System.Text.Json.JsonDocument.Parse(string.Concat(extra.Select(line => line + "\n")));
        var header = stream.RootElement.GetProperty("streams")[0].TryGetProperty("extradata", out var data) ? Bytes(data.GetString()!) : [];
        // Matroska and E-RTMP have the marker before the stream info, ffmpeg's extradata has not.
        if (codec == MediaCodec.Flac && header.Length == 34)
            header = [.. "fLaC"u8, 0x80, 0, 0, 34, .. header];
        return (header.Length == 0 ? null : Packet(pool, codec, 0, header, isHeader: true), packets);
    }

    private static MediaPacket Packet(PacketPool pool, MediaCodec codec, long at, byte[] bytes, bool isHeader)
    {
        var packet = pool.Rent(MediaKind.Audio, new MediaTime(at), bytes.Length, new PacketTraits(codec, IsSequenceHeader: isHeader));
        bytes.CopyTo(packet.Writable);
        return packet;
    }

    // "00000000: 0a0b 0c0d …  text", line after line.
    private static byte[] Bytes(string dump) => [.. dump.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(line => Convert.FromHexString(line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Split("  ")[0].Replace(" ", "", StringComparison.Ordinal)))];

    private static MediaPacket Broken(PacketPool pool, MediaPacket packet, Random random, int how)
    {
        var bytes = packet.Payload.ToArray();
        for (var flips = 0; flips < (how % 4 == 0 ? 1 : bytes.Length / 4); flips++)
            bytes[random.Next(packet.Traits.HeaderLength, bytes.Length)] ^= (byte)(1 << random.Next(8));
        if (how % 4 == 3)
            bytes = bytes[..random.Next(packet.Traits.HeaderLength + 1, bytes.Length + 1)];
        var copy = pool.Rent(MediaKind.Audio, packet.Dts, bytes.Length);
        bytes.CopyTo(copy.Writable);
        return copy.Describe(TagClassifier.Classify(MediaKind.Audio, bytes));
    }

    private static async Task<AudioWindow> DecodedAsync(AudioDecoder decoder, string stream, MediaPacket? header, List<MediaPacket> packets)
    {
        var result = await decoder.DecodeAsync(new AudioDecodeRequest(new StreamId(stream), header, packets, IsStart: true), Ct);
        return result is AudioDecodeResult.Decoded decoded ? decoded.Window : throw new InvalidOperationException(result.ToString());
    }

    private static async Task<float[]> ReferenceAsync(string clip)
    {
        var (code, output, errors) = await FfmpegTool.RunAsync("ffmpeg", "-v", "error", "-i", clip, "-ac", "1", "-ar", "16000", "-f", "s16le", "-");
        Assert.True(code == 0, errors);
        return Array.ConvertAll(MemoryMarshal.Cast<byte, short>(output).ToArray(), sample => sample / 32768f);
    }

    // The best correlation over a millisecond or two either way: where a stream begins, players and we differ by its priming.
    private static double Likeness(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        var best = -1.0;
        var length = Math.Min(one.Length, other.Length) - 6000;
        for (var shift = -2500; shift <= 2500; shift++)
        {
            var (dot, a, b) = (0.0, 0.0, 0.0);
            for (var i = 3000; i < length; i += 7)
            {
                dot += one[i] * other[i + shift];
                a += one[i] * one[i];
                b += other[i + shift] * other[i + shift];
            }

            best = Math.Max(best, dot / Math.Sqrt((a * b) + 1e-12));
        }

        return best;
    }

    private static double Hertz(ReadOnlySpan<float> samples)
    {
        var crossings = 0;
        for (var i = 1; i < samples.Length; i++)
            crossings += samples[i - 1] < 0 && samples[i] >= 0 ? 1 : 0;
        return (double)crossings * AudioWindow.SampleRate / samples.Length;
    }

    private static double Rms(ReadOnlySpan<float> samples)
    {
        var sum = 0.0;
        foreach (var sample in samples)
            sum += sample * sample;
        return Math.Sqrt(sum / samples.Length);
    }
}
