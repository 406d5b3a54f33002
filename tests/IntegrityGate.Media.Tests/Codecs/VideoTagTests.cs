using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Time;
using IntegrityGate.Media.Flv;
using IntegrityGate.Media.Tests.Rtmp;

namespace IntegrityGate.Media.Tests.Codecs;

/// <summary>The forms of video messages (E-RTMP v2, "ExVideoTagHeader"): read, and written as the publisher wrote them.</summary>
public sealed class VideoTagTests
{
    private static MediaPacket Packet(long dts, params byte[] payload) =>
        new PacketPool().Copy(MediaKind.Video, new MediaTime(dts), payload, TagClassifier.Classify(MediaKind.Video, payload));

    private static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));

    [Theory]
    [InlineData("1C 00 000000 AA", MediaCodec.Hevc, true, true, 0, 5, false, 0)] // codec id 12
    [InlineData("2C 01 000021 AA", MediaCodec.Hevc, false, false, 33, 5, false, 0)]
    [InlineData("90 68766331 AA", MediaCodec.Hevc, true, true, 0, 5, false, 0)]
    [InlineData("A1 68766331 FFFFFF AA", MediaCodec.Hevc, false, false, -1, 8, false, 0)]
    [InlineData("A3 68766331 AA", MediaCodec.Hevc, false, false, 0, 5, false, 0)]
    [InlineData("91 61763031 AA", MediaCodec.Av1, true, false, 0, 5, false, 0)] // AV1 has no offset
    [InlineData("97 02 0003E8 01 68766331 000021 AA", MediaCodec.Hevc, true, false, 33, 13, false, 0)] // a nanosecond offset
    [InlineData("96 01 68766331 00 000021 AA", MediaCodec.Hevc, true, false, 33, 10, false, 0)] // track 0
    [InlineData("96 01 68766331 02 000021 AA", MediaCodec.Hevc, false, false, 0, 7, true, 2)] // track 2
    [InlineData("96 11 68766331 00 000003 AABBCC", MediaCodec.Hevc, false, false, 0, 7, true, PacketTraits.SeveralTracks)]
    [InlineData("96 21 68766331 00 000003 AABBCC", MediaCodec.Unknown, false, false, 0, 7, true, PacketTraits.SeveralTracks)] // each track its codec
    [InlineData("94 68766331 020009", MediaCodec.Hevc, false, false, 0, 5, true, 0)] // colour metadata
    [InlineData("D1 61763031 00", MediaCodec.Av1, false, false, 0, 5, true, 0)] // a command
    [InlineData("92 68766331", MediaCodec.Hevc, false, false, 0, 5, false, 0)] // end of sequence
    [InlineData("91 68", MediaCodec.Unknown, false, false, 0, 0, false, 0)]
    [InlineData("97 FF", MediaCodec.Unknown, false, false, 0, 0, false, 0)]
    public void The_fields_of_a_message_are_read(string bytes, MediaCodec codec, bool isKey, bool isHeader, int offset, int length, bool isAside, int track) =>
        Assert.Equal(new PacketTraits(codec, isKey, isHeader, offset, length, isAside, track), TagClassifier.Classify(MediaKind.Video, Hex(bytes)));

    [Theory]
    [InlineData("1C 01 000000 AA", 0, "2C 01 000000")]
    [InlineData("2C 01 000021 AA", 40, "2C 01 000028")]
    [InlineData("A1 68766331 000021 AA", 40, "A1 68766331 000028")]
    [InlineData("A1 68766331 000021 AA", 0, "A1 68766331 000000")]
    [InlineData("A3 68766331 AA", 0, "A3 68766331")]
    [InlineData("A3 68766331 AA", 40, "A1 68766331 000028")] // there is no place for an offset in the shorter form
    [InlineData("A3 61763031 AA", 0, "A3 61763031")]
    [InlineData("A1 61763031 AA", 0, "A1 61763031")]
    [InlineData("A7 02 0003E8 03 68766331 AA", 0, "A7 02 0003E8 03 68766331")] // the same picture: its nanoseconds go along
    [InlineData("A7 02 0003E8 03 68766331 AA", 40, "A1 68766331 000028")] // another picture in its place: they do not
    [InlineData("A6 03 68766331 00 AA", 0, "A6 03 68766331 00")]
    [InlineData("A6 03 68766331 00 AA", 40, "A6 01 68766331 00 000028")]
    [InlineData("A7 02 0003E8 06 03 61763031 00 AA", 0, "A7 02 0003E8 06 03 61763031 00")]
    public void A_picture_is_written_in_the_form_of_the_one_whose_place_it_takes(string model, int offset, string header)
    {
        var form = VideoTagForm.Of(Packet(100, Hex(model)));
        var packet = form.RentPicture(new MediaTime(100), new MediaTime(100 + offset), isKey: false, length: 2);
        packet.Writable[^2..].Fill(0x55);
        Assert.Equal((byte[])[.. Hex(header), 0x55, 0x55], packet.Payload.ToArray());
        Assert.Equal(TagClassifier.Classify(MediaKind.Video, packet.Payload.Span), packet.Traits);
        packet.Release();
    }

    [Theory]
    [InlineData("2C 01 000021 AA", "1C 00 000000")]
    [InlineData("A1 68766331 000021 AA", "90 68766331")]
    [InlineData("A7 02 0003E8 03 61763031 AA", "90 61763031")]
    [InlineData("A6 03 68766331 00 AA", "96 00 68766331 00")]
    public void A_configuration_is_written_in_the_publishers_form(string model, string header)
    {
        var packet = VideoTagForm.Of(Packet(100, Hex(model))).RentHeader(new MediaTime(100), 1);
        packet.Writable[^1] = 0x55;
        Assert.Equal((byte[])[.. Hex(header), 0x55], packet.Payload.ToArray());
        Assert.Equal(TagClassifier.Classify(MediaKind.Video, packet.Payload.Span), packet.Traits);
        packet.Release();
    }

    [Theory]
    [InlineData(MediaKind.Video, "90 68766331 AA", "hvc1")]
    [InlineData(MediaKind.Video, "1C 00 000000 AA", null)]
    [InlineData(MediaKind.Video, "90 01020304 AA", null)] // no name
    [InlineData(MediaKind.Audio, "90 4F707573 AA", "Opus")]
    [InlineData(MediaKind.Audio, "AF 00 1208", null)]
    public void The_codec_that_a_header_announces_is_named(MediaKind kind, string bytes, string? name)
    {
        var payload = Hex(bytes);
        Assert.Equal(name, AnnouncedCodec.Of(new PacketPool().Copy(kind, MediaTime.Zero, payload, TagClassifier.Classify(kind, payload))));
    }

    [Fact]
    public void Damaged_messages_are_read_without_an_exception_and_answered_in_a_form_that_is_read_again()
    {
        List<byte[]> corpus = [.. ((string[])
        [
            "1C01000021AA", "A16876633100002100", "A368766331AA", "9161763031AA", "A7020003E80368766331AA", "9601687663310000002100", "A7FF0001000102030168766331000021AA",
            "961168766331000000030102030100000401020304", "96216876633100000003AABBCC", "9468766331020009",
        ]).Select(Convert.FromHexString)];
        var before = PacketPool.Shared.Rented;
        var written = 0;
        new Mutator(51, corpus).MustStand(200_000, input =>
        {
            var traits = TagClassifier.Classify(MediaKind.Video, input);
            if (traits.HeaderLength > input.Length)
                throw new InvalidOperationException($"a header of {traits.HeaderLength} in {input.Length} bytes");
            if (traits.Codec is not (MediaCodec.H264 or MediaCodec.Hevc or MediaCodec.Av1) || traits.IsAside || traits.IsSequenceHeader || input.Length < 5)
                return;
            var packet = VideoTagForm.Of(Packet(0, input)).RentPicture(new MediaTime(0), new MediaTime(traits.CompositionOffsetMs), traits.IsKeyFrame, 0);
            if (TagClassifier.Classify(MediaKind.Video, packet.Payload.Span) is var again && (again.Codec != traits.Codec || again.CompositionOffsetMs != packet.Traits.CompositionOffsetMs))
                throw new InvalidOperationException($"{again} of {traits}");
            packet.Release();
            written++;
        });
        Assert.Equal(before, PacketPool.Shared.Rented);
        Assert.True(written > 10_000, $"only {written} were answered");
    }

    [Fact]
    public void The_fuzzer_finds_a_defect_that_was_put_there()
    {
        // As a careless parser would: trust the size of a modifier.
        var found = new Mutator(51, [Convert.FromHexString("A7020003E80368766331AA")]).Run(10_000, static input => _ = input.Length > 1 ? input[input[1] + 3] : 0);
        Assert.NotNull(found);
    }
}
