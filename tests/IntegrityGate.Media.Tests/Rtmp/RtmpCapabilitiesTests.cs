using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Amf;
using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Media.Tests.Rtmp;

public sealed class RtmpCapabilitiesTests
{
    [Fact]
    public void A_list_of_codecs_is_read_as_forwarding()
    {
        var read = RtmpCapabilities.Read(new AmfObject { { "fourCcList", new AmfArray(["hvc1", "Opus"]) } });
        Assert.Equal(FourCcUse.CanForward, read.Video["hvc1"]);
        Assert.Equal(FourCcUse.CanForward, read.Audio["Opus"]);
        Assert.False(read.IsLegacy);
    }

    [Fact]
    public void Both_sides_together_can_what_each_can()
    {
        var left = RtmpCapabilities.PassAll;
        var right = RtmpCapabilities.Read(new AmfObject
        {
            { "videoFourCcInfoMap", new AmfObject { { "hvc1", 7.0 }, { "av01", 1.0 } } },
            { "capsEx", 3.0 },
        });
        var both = left.Intersect(right);
        Assert.Equal([new("hvc1", FourCcUse.CanForward)], both.Video);
        Assert.Empty(both.Audio);
        Assert.Equal(CapsEx.Reconnect | CapsEx.Multitrack, both.Features);
    }

    [Fact]
    public void An_answer_has_the_forms_that_were_asked_in_and_no_others()
    {
        var answer = new AmfObject();
        RtmpCapabilities.PassAll.Answer(answer, new AmfObject { { "fourCcList", new AmfArray(["hvc1"]) }, { "capsEx", 1.0 } });
        Assert.Equal(new AmfObject { { "fourCcList", new AmfArray(["*"]) }, { "capsEx", 15.0 } }, answer);

        var legacy = new AmfObject();
        RtmpCapabilities.PassAll.Answer(legacy, new AmfObject { { "app", "live" } });
        Assert.Empty(legacy.Properties);
    }

    [Theory]
    [InlineData(null, "av01", MediaKind.Video, false)] // it said nothing
    [InlineData("hvc1", "av01", MediaKind.Video, true)]
    [InlineData("hvc1", "hvc1", MediaKind.Video, false)]
    [InlineData("*", "av01", MediaKind.Video, false)]
    [InlineData("hvc1", "Opus", MediaKind.Audio, false)] // it said nothing of audio
    [InlineData("fLaC", "Opus", MediaKind.Audio, true)]
    public void A_codec_is_refused_by_a_peer_that_named_others(string? named, string codec, MediaKind kind, bool isRefused)
    {
        var peer = named is null ? RtmpCapabilities.None : RtmpCapabilities.Read(new AmfObject { { "fourCcList", new AmfArray([named]) } });
        Assert.Equal(isRefused, peer.Refuses(codec, kind));
    }

    [Fact]
    public void What_is_offered_is_read_back()
    {
        var offered = new AmfObject();
        RtmpCapabilities.PassAll.Offer(offered);
        var read = RtmpCapabilities.Read(offered);
        Assert.Equal(RtmpCapabilities.PassAll.Video, read.Video);
        Assert.Equal(RtmpCapabilities.PassAll.Audio, read.Audio);
        Assert.Equal(RtmpCapabilities.PassAll.Features, read.Features);
        Assert.True(RtmpCapabilities.Covers(read.Video, "vp09"));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(1e300)]
    public void Nonsense_is_no_capability(double number) =>
        Assert.True(RtmpCapabilities.Read(new AmfObject { { "capsEx", number }, { "videoFourCcInfoMap", new AmfObject { { "hvc1", number } } }, { "fourCcList", 3.0 } }).IsLegacy);
}
