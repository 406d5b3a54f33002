using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Time;
using IntegrityGate.Media.Flv;
using IntegrityGate.Media.H264;
using IntegrityGate.Media.Splicing;

namespace IntegrityGate.Media.Tests.Splicing;

public sealed class SpliceOutputTests : IPacketSink
{
    private static readonly byte[] Sps = [0x67, 0x64, 0, 0x0D, 0xAC];
    private static readonly byte[] Pps = [0x68, 0xEF, 0x8F];

    private readonly PacketPool _pool = new();
    private readonly List<(long Dts, long Pts, byte[] Payload)> _sent = [];

    void IPacketSink.Write(MediaPacket packet)
    {
        var traits = TagClassifier.Classify(packet.Kind, packet.Payload.Span);
        Assert.Equal(traits, packet.Traits);
        _sent.Add((packet.Dts.Milliseconds, packet.Pts.Milliseconds, packet.Payload.ToArray()));
        packet.Release();
    }

    private MediaPacket Packet(long dts, params byte[] payload) => _pool.Copy(MediaKind.Video, new MediaTime(dts), payload, TagClassifier.Classify(MediaKind.Video, payload));

    private static EncodedConfiguration Encoding() => new(new AvcDecoderConfigurationRecord(4, [Sps], [Pps]).Write(), Sets(4));

    private static ActiveParameterSets Sets(int lengthSize) => new(
        new SequenceParameterSet
        {
            Profile = 100,
            Constraints = 0,
            Level = 13,
            Id = 0,
            ChromaFormat = 1,
            BitDepthLuma = 8,
            BitDepthChroma = 8,
            PictureOrderType = 0,
            MaxReferenceFrames = 1,
            IsFrameOnly = true,
            Width = 16,
            Height = 16,
            MacroblocksInFrame = 1,
        },
        Sps,
        [Pps],
        lengthSize);

    [Fact]
    public void A_picture_whose_place_does_not_rise_is_nudged_by_a_millisecond_and_shown_at_its_own_time()
    {
        var output = new SpliceOutput(this);
        foreach (var dts in (long[])[100, 100, 101, 140])
            output.WriteStamped(Packet(dts, 0x27, 1, 0, 0, 0, 0), Packet(dts, 0x27, 1, 0, 0, 0, 0, 0, 0, 1, 0x41), new MediaTime(dts + 80), Encoding(), []);
        Assert.Equal([100, 101, 102, 140], _sent.Select(one => one.Dts));
        Assert.Equal([180, 180, 181, 220], _sent.Select(one => one.Pts));
        Assert.Equal(2, output.Nudged);
    }

    [Fact]
    public void A_stamped_IDR_brings_its_configuration_twice_and_the_header_once()
    {
        var output = new SpliceOutput(this);
        for (var dts = 0; dts < 2; dts++)
            output.WriteStamped(Packet(dts, 0x17, 1, 0, 0, 0, 0), Packet(dts, 0x17, 1, 0, 0, 0, 0, 0, 0, 1, 0x65), new MediaTime(dts), Encoding(), []);
        byte[] access = [0x17, 1, 0, 0, 0, 0, 0, 0, 5, .. Sps, 0, 0, 0, 3, .. Pps, 0, 0, 0, 1, 0x65];
        Assert.Equal(3, _sent.Count);
        Assert.Equal([0x17, 0, 0, 0, 0, .. Encoding().Bytes], _sent[0].Payload);
        Assert.Equal(access, _sent[1].Payload);
        Assert.Equal(access, _sent[2].Payload);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_publishers_IDR_returns_with_header_and_sets_behind_its_delimiter(bool hasOwnSets)
    {
        var record = new AvcDecoderConfigurationRecord(2, [Sps], [Pps]);
        byte[] header = [0x17, 0, 0, 0, 0, .. record.Write()];
        var configuration = new SourceConfiguration(header, TagClassifier.Classify(MediaKind.Video, header), new AvcConfiguration(record));
        byte[] inBand = [0, 5, .. Sps, 0, 3, .. Pps];
        byte[] idr = [0x17, 1, 0, 0, 9, 0, 2, 0x09, 0xF0, .. hasOwnSets ? inBand : [], 0, 2, 0x65, 0x88];
        var output = new SpliceOutput(this);
        output.WriteEntry(Packet(40, idr), configuration, Sets(2), isBroken: true);
        output.WriteEntry(Packet(80, idr), configuration, Sets(2), isBroken: false);
        Assert.Equal(header, _sent[0].Payload);
        Assert.Equal(40, _sent[0].Dts);
        Assert.Equal([0x17, 1, 0, 0, 9, 0, 2, 0x09, 0xF0, .. inBand, 0, 2, 0x65, 0x88], _sent[1].Payload);
        Assert.Equal(idr, _sent[2].Payload); // the header sent last is the publisher's: nothing is touched
    }
}
