using System.Buffers;
using System.Buffers.Binary;
using IntegrityGate.Core.Audio;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Time;
using IntegrityGate.Media.Decoding.Audio;
using IntegrityGate.Media.Flv;
using IntegrityGate.Media.Tests.Rtmp;

namespace IntegrityGate.Media.Tests.Decoding.Audio;

public sealed class PcmStreamTests
{
    [Fact]
    public async Task Samples_stand_one_after_the_other_and_a_hole_stays_silent()
    {
        // 20 ms at 0 and, as whole milliseconds jitter, at 21; then 60 ms nothing.
        var bytes = Stream((0, 320, 1000), (21, 320, 2000), (100, 320, 3000), (400, 16, 9));
        using var window = new AudioWindow(new MediaTime(5), 8000);
        Assert.True(await new PcmStream(new MemoryStream(bytes)).FillAsync(window, 0, 400, TestContext.Current.CancellationToken));
        Assert.Equal(1600 + 320, window.Length);
        Assert.Equal([1000, 2000, 2000, 0, 3000], new[] { 0, 320, 639, 1000, 1600 }.Select(at => (int)Math.Round(window.Samples[at] * 32768)));
    }

    [Fact]
    public async Task An_end_before_the_windows_own_is_told_and_what_came_is_kept()
    {
        using var window = new AudioWindow(MediaTime.Zero, 8000);
        Assert.False(await new PcmStream(new MemoryStream(Stream((0, 320, 1)))).FillAsync(window, 0, 400, TestContext.Current.CancellationToken));
        Assert.Equal(320, window.Length);
    }

    [Fact]
    public async Task More_than_a_window_holds_is_cut()
    {
        using var window = new AudioWindow(MediaTime.Zero, 400);
        await new PcmStream(new MemoryStream(Stream((0, 320, 1), (20, 320, 2), (300_000, 320, 3)))).FillAsync(window, 0, long.MaxValue, TestContext.Current.CancellationToken);
        Assert.Equal(400, window.Length);
    }

    [Fact]
    public void Damaged_output_gives_a_result_or_an_end_and_no_other_exception()
    {
        var before = PacketPool.Shared.Rented;
        new Mutator(43, [Stream((0, 40, 1), (5, 40, 2), (900, 40, 3))]).MustStand(200_000, static input =>
        {
            using var window = new AudioWindow(MediaTime.Zero, 300);
            try
            {
                new PcmStream(new MemoryStream(input)).FillAsync(window, 0, 800, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            }
            catch (IOException)
            {
                // Refused.
            }
        });
        Assert.Equal(before, PacketPool.Shared.Rented);
    }

    [Fact]
    public void The_fuzzer_finds_a_defect_that_was_put_there()
    {
        // As a careless reader would: trust the first tag's length.
        var found = new Mutator(43, [Stream((0, 40, 1))]).Run(10_000, static input => _ = input.AsSpan(24, (input[14] << 16) | (input[15] << 8) | input[16]).ToArray());
        Assert.NotNull(found);
    }

    private static byte[] Stream(params (long At, int Samples, short Value)[] packets)
    {
        var output = new ArrayBufferWriter<byte>();
        FlvWriter.WriteHeader(output, hasVideo: false);
        foreach (var (at, samples, value) in packets)
        {
            var payload = new byte[1 + (2 * samples)];
            payload[0] = 0x32; // linear PCM, little endian, 16 bit, one channel (FLV E.4.2.1)
            for (var i = 0; i < samples; i++)
                BinaryPrimitives.WriteInt16LittleEndian(payload.AsSpan(1 + (2 * i)), value);
            FlvWriter.WriteTag(output, MediaKind.Audio, at, payload);
        }

        return output.WrittenSpan.ToArray();
    }
}
