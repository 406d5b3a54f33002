using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Time;
using IntegrityGate.Looking;
using IntegrityGate.Looking.Scheduling;
using Microsoft.Extensions.Time.Testing;

namespace IntegrityGate.Tests.Looking;

public sealed class SceneWatchTests
{
    [Theory]
    [InlineData("K9000 1000 1100 900 K9500 1000 1200 K8800 900", 0)]
    [InlineData("K9000 1000 1100 900 K16000 1000", 1)]
    [InlineData("K9000 1000 1100 900 K5000 600", 1)]
    [InlineData("K9000 1000 1100 8000 1000 900", 1)]
    [InlineData("K9000 1000 1100 4000 1000 900", 0)]
    public void A_change_of_scene_shows_in_the_sizes(string packets, int changes)
    {
        var watch = default(SceneWatch);
        var seen = 0;
        foreach (var packet in packets.Split(' '))
            seen += watch.See(int.Parse(packet.TrimStart('K'), System.Globalization.CultureInfo.InvariantCulture), packet[0] == 'K') ? 1 : 0;
        Assert.Equal(changes, seen);
    }

    [Theory]
    [InlineData(10_000, 2000, new long[] { 0, 8000, 10_000, 12_000 })]
    [InlineData(10_400, 900, new long[] { 0, 8000, 12_000 })] // between key frames: the next one is waited for, since decoding a run costs ten times a key frame
    public void After_a_change_of_scene_the_next_key_frame_is_looked_at(long changeAt, int size, long[] expected)
    {
        var pool = new PacketPool();
        var mailbox = new SampleMailbox();
        var timing = new LookTiming { Jitter = 0, BetweenKeyFrames = 0, SceneInterval = TimeSpan.FromSeconds(1) };
        using var sampler = new Sampler(mailbox, new SamplePace(TimeSpan.FromSeconds(8), timing, Chance.Unpredictable(), wanted => wanted), new FakeTimeProvider(), default);
        var looks = new List<long>();
        See(pool.Rent(MediaKind.Video, MediaTime.Zero, 8, new PacketTraits(MediaCodec.H264, true, IsSequenceHeader: true)));
        for (long at = 0; at < 20_000; at += 40)
        {
            var isKey = at % 2000 == 0;
            See(pool.Rent(MediaKind.Video, new MediaTime(at), at == changeAt ? size : isKey ? 1000 : 100, new PacketTraits(MediaCodec.H264, isKey)));
        }

        Assert.Equal(expected, looks.TakeWhile(at => at <= 12_000));

        void See(MediaPacket packet)
        {
            sampler.See(packet);
            packet.Release();
            if (!mailbox.TryTake(out var sample))
                return;
            looks.Add(sample.At.Milliseconds);
            sample.Dispose();
        }
    }
}
