using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Time;
using IntegrityGate.Streams;
using Microsoft.Extensions.Time.Testing;

namespace IntegrityGate.Tests.Streams;

public sealed class StreamTimingTests
{
    private readonly PacketPool _pool = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void An_even_stream_has_its_GOP_and_no_jitter()
    {
        var timing = new StreamTiming(_time);
        for (var i = 0; i <= 50; i++)
            See(timing, MediaKind.Video, i * 40, i % 25 == 0, wait: 40);
        Assert.Equal((25, 1000L, 0.0), (timing.GopFrames, timing.KeyFrameIntervalMs, timing.JitterMs));
    }

    [Fact]
    public void Jitter_is_the_smoothed_difference_of_coming_and_time()
    {
        var timing = new StreamTiming(_time);
        for (var i = 0; i < 400; i++)
            See(timing, MediaKind.Video, i * 40, false, wait: i % 2 == 0 ? 30 : 50);
        Assert.InRange(timing.JitterMs, 9.9, 10.1);
    }

    [Fact]
    public void A_pause_of_the_publisher_is_no_jitter()
    {
        var timing = new StreamTiming(_time);
        See(timing, MediaKind.Video, 0, true, wait: 40);
        timing.Pause();
        See(timing, MediaKind.Video, 40, true, wait: 9000);
        Assert.Equal(0.0, timing.JitterMs);
    }

    [Fact]
    public void Sound_that_runs_ahead_or_behind_is_told()
    {
        var timing = new StreamTiming(_time);
        See(timing, MediaKind.Audio, 500, false, 0);
        Assert.Equal(0, timing.AudioAheadMs);
        See(timing, MediaKind.Video, 200, true, 0);
        Assert.Equal(300, timing.AudioAheadMs);
        See(timing, MediaKind.Video, 900, false, 0);
        Assert.Equal(-400, timing.AudioAheadMs);
    }

    private void See(StreamTiming timing, MediaKind kind, long at, bool key, int wait)
    {
        _time.Advance(TimeSpan.FromMilliseconds(wait));
        var packet = _pool.Copy(kind, new MediaTime(at), [0x27], new PacketTraits(kind == MediaKind.Video ? MediaCodec.H264 : MediaCodec.Aac, IsKeyFrame: key));
        timing.Add(packet);
        packet.Release();
    }
}
