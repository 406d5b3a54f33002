using System.Buffers;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Amf;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Rtmp.Chunks;
using IntegrityGate.Media.Rtmp.Handshakes;
using IntegrityGate.Media.Tests.Amf;

namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>Spoilt input for everything that reads a stranger's bytes: nothing may be thrown, leaked or held.</summary>
public sealed class FuzzTests
{
    private static readonly AmfLimits Limits = new(16, 2000, 2000);

    private static readonly byte[] Connect = Wire.Amf("connect", 1.0, new AmfObject
    {
        { "app", "live" }, { "tcUrl", "rtmp://h/live" }, { "fourCcList", new AmfArray(["hvc1"]) }, { "objectEncoding", 3.0 },
    });

    private static List<byte[]> AmfCorpus
    {
        get
        {
            var random = new Random(11);
            List<byte[]> corpus = [.. Enumerable.Range(0, 40).Select(_ => Wire.Amf(AmfSamples.Value(random), AmfSamples.Object(random)))];
            corpus.AddRange(Amf3Corpus.Select(bytes => (byte[])[0x11, .. bytes]));
            corpus.Add(Connect);
            return corpus;
        }
    }

    private static List<byte[]> Amf3Corpus =>
    [
        .. ((string[])
        [
            "0481808000", "0607616263", "0905010603610600", "0A0B0103610301", "0A130343036104050A010406", "0C07010203", "0D050000000001FFFFFFFF",
            "0F03003FF0000000000000", "10030001030A01", "110300060361030A00", "09030361030102", "0B093C612F3E", "0801407000000000000009010106010A0101",
            "0A0743666C65782E6D6573736167696E672E696F2E4172726179436F6C6C656374696F6E09030103",
        ]).Select(Convert.FromHexString),
    ];

    private static List<byte[]> ChunkCorpus =>
    [
        [.. Wire.Full(3, 0, Connect.Length, MessageType.CommandAmf0, 0, Connect)],
        [.. Wire.Full(2, 0, 4, MessageType.SetChunkSize, 0, 0, 0, 0x10, 0), .. Wire.Full(6, 0, 300, MessageType.Video, 1, new byte[300]), .. Wire.Repeat(6, null, new byte[9])],
        [.. Wire.Full(6, 0x1234567, 300, MessageType.Video, 1, new byte[128]), .. Wire.Repeat(6, 0x1234567, new byte[128]), .. Wire.Full(2, 0, 4, MessageType.Abort, 0, 0, 0, 0, 6)],
        [.. Wire.Full(400, 5, 2, MessageType.Audio, 1, 0xAF, 1), .. Wire.Delta(400, 5, 2, MessageType.Audio, 0xAF, 1), .. Wire.TimeOnly(400, 5, 0xAF, 1), .. Wire.Repeat(400, null, 0xAF, 1)],
        [.. Wire.Full(7, 5, 29, MessageType.Aggregate, 1, [.. Wire.Tag(MessageType.Audio, 5, 1, 2), .. Wire.Tag(MessageType.Video, 9, [])]), .. Wire.Full(70, 9, 1, MessageType.Video, 1, 0x17)],
        [.. Wire.Full(2, 0, 6, MessageType.UserControl, 0, 0, 6, 1, 2, 3, 4), .. Wire.Full(2, 0, 5, MessageType.SetPeerBandwidth, 0, 0, 1, 0, 0, 2)],
    ];

    [Fact]
    public void Chunk_reader_stands_and_holds_no_more_than_it_may()
    {
        var pool = new PacketPool();
        var limits = new IngestLimits { MaxMessageBytes = 4096, MaxCommandBytes = 2048, MaxPartialBytesPerConnection = 8192, MaxChunkStreams = 8 };
        var portions = new Random(3);
        new Mutator(1, ChunkCorpus).MustStand(60_000, input =>
        {
            using (var reader = new ChunkReader(pool, limits, TimeProvider.System) { AcceptMedia = true })
            {
                var at = 0;
                var sequence = ReadOnlySequence<byte>.Empty;
                byte[] pending = [];
                while (at < input.Length)
                {
                    var take = Math.Min(input.Length - at, portions.Next(1, 200));
                    pending = [.. pending, .. input.AsSpan(at, take)];
                    at += take;
                    sequence = new ReadOnlySequence<byte>(pending);
                    while (reader.Read(ref sequence, out var message) == ChunkReadStatus.Ok)
                        message.Body?.Release();
                    if (reader.PartialBytes is < 0 or > 8192)
                        throw new InvalidOperationException($"{reader.PartialBytes} bytes under way");
                    pending = sequence.ToArray();
                }
            }

            if (pool.Rented != 0)
                throw new InvalidOperationException($"{pool.Rented} packets leaked");
        });
    }

    [Fact]
    public void AMF0_reader_stands() => new Mutator(2, AmfCorpus).MustStand(70_000, static input =>
    {
        var reader = new Amf0Reader(input, Limits);
        while (reader.Read(out _) == AmfReadStatus.Ok)
        {
        }
    });

    [Fact]
    public void AMF3_reader_stands() => new Mutator(3, Amf3Corpus).MustStand(70_000, static input =>
    {
        var reader = new Amf3Reader(input, Limits);
        while (reader.Read(out _) == AmfReadStatus.Ok)
        {
        }
    });

    [Fact]
    public void Metadata_edits_stand_and_the_property_is_found_again()
    {
        var random = new Random(12);
        List<byte[]> corpus =
        [
            .. Enumerable.Range(0, 30).Select(_ => Wire.Amf("onMetaData", AmfSamples.Object(random))),
            .. Enumerable.Range(0, 5).Select(_ => Wire.Amf("@setDataFrame", "onMetaData", AmfSamples.Object(random))),
            [.. Wire.Amf("onMetaData"), 0x11, 0x0A, 0x0B, 0x01, 0x03, 0x61, 0x03, 0x01],
        ];
        var matches = 0;
        new Mutator(4, corpus).MustStand(40_000, input =>
        {
            if (!OnMetaData.TryParse(input, out var metadata))
                return;
            matches++;
            metadata.FindAll("AIGC");
            var edited = metadata.WithProperty("AIGC", "{}");
            if (!OnMetaData.TryParse(edited, out var again) || !again.FindAll("AIGC").Contains("{}"))
                throw new InvalidOperationException("the property is gone");
        });
        Assert.True(matches > 10_000, $"only {matches} inputs were metadata");
    }

    [Fact]
    public void Handshake_stands()
    {
        var hello = new byte[1537];
        Handshake.Hello(1, hello);
        var plain = new byte[1537];
        Handshake.Hello(1, plain, HandshakeScheme.Simple);
        new Mutator(5, [hello[1..], plain[1..]]).MustStand(4_000, static input =>
        {
            Array.Resize(ref input, Handshake.MessageBytes);
            Handshake.Answer(input, 1, new byte[3073]);
            Handshake.Reply(input, 1, new byte[1536]);
        });
    }

    [Fact]
    public void Addresses_stand() => new Mutator(6, [.. ((string[])
    [
        "live?token=a/key|rtmp://h:1/live?x=1|key?y=2", "live...vhost...h|rtmp://[::1]:1935/live/_definst_|mp4:key.flv", "|no://|a/b",
    ]).Select(System.Text.Encoding.UTF8.GetBytes)]).MustStand(20_000, static input =>
    {
        var parts = (AmfText.Decode(input) + "||").Split('|');
        _ = RtmpAddress.Parse(parts[0], parts[1], parts[2]).ToString();
        if (RtmpTarget.TryParse(parts[1], out var target, out _))
            _ = target.TcUrl + target;
    });

    [Fact]
    public void The_fuzzer_finds_a_defect_that_was_put_there()
    {
        // A reader that trusts the count of a strict array, as careless ones do.
        var found = new Mutator(2, AmfCorpus).Run(70_000, static input =>
        {
            var reader = new Amf0Reader(input, Limits);
            if (reader.Read(out var value) == AmfReadStatus.Malformed && value is AmfArray && input is [0x0A, > 0x7F, ..])
                throw new InvalidOperationException("the seeded defect");
        });
        Assert.Equal("the seeded defect", found?.Thrown.Message);
    }
}
