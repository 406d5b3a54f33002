using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Av1;
using IntegrityGate.Media.Codecs;
using IntegrityGate.Media.Tests.Codecs;
using IntegrityGate.Media.Tests.Rtmp;

namespace IntegrityGate.Media.Tests.Av1;

/// <summary>Damaged AV1: whatever the bits, a result and no exception. Seeds are fixed.</summary>
public sealed class Av1FuzzTests
{
    [Fact]
    public void Damaged_sequence_headers_give_a_result_and_no_exception()
    {
        var read = 0;
        new Mutator(31, [.. Corpus.Of("av1C").Select(bytes => bytes[6..])]).MustStand(200_000, input =>
        {
            if (SequenceHeader.TryParse(input, out var reason) is { } header)
            {
                read++;
                if (header is not { Width: >= 1 and <= 16384, Height: >= 1 and <= 16384, BitDepth: 8 or 10 or 12, ChromaFormat: >= 0 and <= 3 })
                    throw new InvalidOperationException($"{header}");
            }
            else if (reason is null)
            {
                throw new InvalidOperationException("no reason");
            }
        });
        Assert.True(read > 10_000, $"only {read} were read");
    }

    [Fact]
    public void Damaged_records_give_a_result_and_no_exception() => new Mutator(32, Corpus.Of("av1C")).MustStand(200_000, static input =>
    {
        if (Av1CodecConfigurationRecord.TryParse(input, out var reason) is { } record)
            new Av1Configuration(record).OfHeader(out _);
        else if (reason is null)
            throw new InvalidOperationException("no reason");
    });

    [Fact]
    public void Damaged_temporal_units_give_a_result_and_no_exception()
    {
        var configuration = VideoCodec.For(MediaCodec.Av1)!.ReadConfiguration(Corpus.Of("av1C", "av1-svt")[0], out _)!;
        new Mutator(33, [.. Corpus.Of("unit", "av1").Select(unit => unit[..Math.Min(unit.Length, 200)]), [0x12, 0, 0x2A, 3, 1, 2, 0x80, 0x32, 1, 0x10]]).MustStand(200_000, input =>
        {
            configuration.Look(input);
            var total = 0;
            var reader = new ObuReader(input);
            while (reader.Next())
                total += reader.Bytes.Length;
            if (total > input.Length || (!reader.IsDamaged && total != input.Length))
                throw new InvalidOperationException($"{total} of {input.Length} bytes");
            if (configuration.Find(input, out _) is not { } video)
                return;
            var place = video.PlaceForInBand(input, out _);
            if (place < 0 || place > input.Length)
                throw new InvalidOperationException($"place {place} of {input.Length}");
            video.Lasting();
        });
    }

    [Fact]
    public void The_fuzzer_finds_a_defect_that_was_put_there()
    {
        // As a careless parser would: take a unit's size for one byte, and trust it.
        var found = new Mutator(33, Corpus.Of("unit", "av1")).Run(10_000, static input => _ = input.Length < 2 ? [] : input.AsSpan(2, input[1]).ToArray());
        Assert.NotNull(found);
    }
}
