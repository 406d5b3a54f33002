using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Codecs;
using IntegrityGate.Media.H265;
using IntegrityGate.Media.Tests.Codecs;
using IntegrityGate.Media.Tests.Rtmp;

namespace IntegrityGate.Media.Tests.H265;

/// <summary>Damaged HEVC: whatever the bits, a result and no exception. Seeds are fixed.</summary>
public sealed class H265FuzzTests
{
    private static List<byte[]> Sets => [.. Corpus.Of("hvcC").Select(bytes => HevcDecoderConfigurationRecord.TryParse(bytes, out _)!.SequenceParameterSets[0].ToArray())];

    [Fact]
    public void Damaged_parameter_sets_give_a_result_and_no_exception()
    {
        var read = 0;
        new Mutator(21, Sets).MustStand(200_000, input =>
        {
            if (SequenceParameterSet.TryParse(input, out var reason) is { } set)
            {
                read++;
                if (set is not { Width: >= 1 and <= 16384, Height: >= 1 and <= 16384, MaxReorderPictures: >= 0 and <= 16 } || ReorderRewriter.Rewrite(input, 2) is null)
                    throw new InvalidOperationException($"{set}");
            }
            else if (reason is null)
            {
                throw new InvalidOperationException("no reason");
            }
        });
        Assert.True(read > 10_000, $"only {read} were read");
    }

    [Fact]
    public void Damaged_records_give_a_result_and_no_exception() => new Mutator(22, Corpus.Of("hvcC")).MustStand(200_000, static input =>
    {
        if (HevcDecoderConfigurationRecord.TryParse(input, out var reason) is { } record)
        {
            record.Write();
            new HevcConfiguration(record).OfHeader(out _);
        }
        else if (reason is null)
        {
            throw new InvalidOperationException("no reason");
        }
    });

    [Fact]
    public void Damaged_access_units_give_a_result_and_no_exception()
    {
        var configuration = VideoCodec.For(MediaCodec.Hevc)!.ReadConfiguration(Corpus.Of("hvcC", "hevc-main10-pq")[0], out _)!;
        var found = 0;
        new Mutator(23, [.. Corpus.Of("unit", "hevc").Select(unit => unit[..Math.Min(unit.Length, 300)])]).MustStand(200_000, input =>
        {
            configuration.Look(input);
            if (configuration.Find(input, out _) is not { } video)
                return;
            found++;
            var place = video.PlaceForInBand(input, out _);
            if (place < 0 || place > input.Length)
                throw new InvalidOperationException($"place {place} of {input.Length}");
            video.Lasting();
            video.MarkBroken(input);
        });
        Assert.True(found > 1_000, $"only {found} had what they refer to");
    }

    [Fact]
    public void The_fuzzer_finds_a_defect_that_was_put_there()
    {
        // As a careless parser would: trust the length of the first set.
        var found = new Mutator(22, Corpus.Of("hvcC")).Run(10_000, static input => _ = input.AsSpan(28, (input[26] << 8) | input[27]).ToArray());
        Assert.NotNull(found);
    }
}
