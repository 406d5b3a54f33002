using IntegrityGate.Media.H264;

namespace IntegrityGate.Media.Tests.H264;

/// <summary>Damaged parameter sets, access units and SEI: whatever the bits, a result and no exception. Seeds are fixed.</summary>
public sealed class H264FuzzTests
{
    // A High profile set with VUI, its picture parameter set and a small access unit with SEI, made by x264; the seeds of all mutations.
    private static readonly byte[] Sequence = Convert.FromHexString("6764000DACD941419F9F0110000003001000000303C0F1429960");
    private static readonly byte[] Picture = Convert.FromHexString("68EF8FCB");
    private static readonly byte[] Sei = [0x06, 0x05, 0x14, .. Enumerable.Range(1, 16).Select(i => (byte)i), 1, 2, 3, 4, 0x80];
    private static readonly byte[] Unit = [0, 0, 0, (byte)Sei.Length, .. Sei, 0, 0, 0, 6, 0x65, 0x88, 0x84, 0, 0x2B, 0xFF];

    private static readonly byte[] Record =
        [1, 0x64, 0, 0x0D, 0xFF, 0xE1, 0, (byte)Sequence.Length, .. Sequence, 1, 0, (byte)Picture.Length, .. Picture, 0xFD, 0xF8, 0xF8, 0];

    private static byte[] Mutate(Random random, byte[] seed)
    {
        var bytes = random.Next(8) == 0 ? new byte[random.Next(64)] : seed.ToArray();
        if (bytes.Length == 0)
            return bytes;
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var at = random.Next(bytes.Length);
            bytes[at] = random.Next(4) switch { 0 => 0, 1 => 0xFF, 2 => (byte)(bytes[at] ^ (1 << random.Next(8))), _ => (byte)random.Next(256) };
        }

        return random.Next(3) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private static int Run(int cases, Action<Random> body)
    {
        for (var seed = 0; seed < cases; seed++)
        {
            try
            {
                body(new Random(seed));
            }
            catch (Exception error) when (error is not Xunit.Sdk.XunitException)
            {
                return seed;
            }
        }

        return -1;
    }

    [Fact]
    public void The_seeds_are_read()
    {
        Assert.True(AvcDecoderConfigurationRecord.TryParse(Record, out var reason) is not null, reason);
        Assert.Equal((320, 180), SequenceParameterSet.TryParse(Sequence, out reason) is { } set ? (set.Width, set.Height) : throw new InvalidOperationException(reason));
        Assert.True(AccessUnit.Read(Unit, 4) is { IsIdr: true, HasSei: true, IsDamaged: false });
    }

    [Fact]
    public void Damaged_parameter_sets_give_a_result_and_no_exception() => Assert.Equal(-1, Run(100_000, random =>
    {
        var bytes = Mutate(random, Sequence);
        if (SequenceParameterSet.TryParse(bytes, out var reason) is { } set)
        {
            Assert.InRange(set.Width, 1, 16384);
            Assert.InRange(set.Height, 1, 16384);
            Assert.InRange(set.ReorderBound, 0, 16);
            Assert.NotNull(UsabilityRewriter.Rewrite(bytes, 2));
        }
        else
        {
            Assert.NotNull(reason);
        }
    }));

    [Fact]
    public void Damaged_records_and_access_units_give_a_result_and_no_exception() => Assert.Equal(-1, Run(100_000, random =>
    {
        var record = AvcDecoderConfigurationRecord.TryParse(Mutate(random, Record), out _);
        var unit = Mutate(random, Unit);
        AccessUnit.Read(unit, random.Next(0, 6));
        if (record is not null)
        {
            record.Write();
            ActiveParameterSets.Find(record, unit, out _);
            ActiveParameterSets.OfHeader(record, out _);
        }
    }));

    [Fact]
    public void Damaged_SEI_and_byte_streams_give_a_result_and_no_exception() => Assert.Equal(-1, Run(60_000, random =>
    {
        var sei = Mutate(random, Sei);
        if (sei.Length > 0)
            UserDataUnregistered.Read(new NalUnit(sei));
        var reader = new AnnexBReader(Mutate(random, [0, 0, 1, .. Sequence, 0, 0, 0, 1, .. Sei]));
        while (reader.Next())
            Assert.False(reader.Current.Bytes.IsEmpty);
    }));

    [Fact]
    public void The_fuzzer_finds_a_defect_that_was_put_in() => Assert.NotEqual(-1, Run(1_000, random =>
    {
        // As a careless parser would: trust the first set's length byte.
        var bytes = Mutate(random, Record);
        _ = bytes.AsSpan(8, bytes[7]).ToArray();
    }));

    [Fact]
    public void User_data_is_read_with_its_owner()
    {
        var read = Assert.Single(UserDataUnregistered.Read(new NalUnit(Sei)));
        Assert.Equal(new Guid("01020304-0506-0708-090a-0b0c0d0e0f10"), read.Owner);
        Assert.Equal([1, 2, 3, 4], read.Data.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Both_forms_give_the_same_units(int lengthSize)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        byte[][] units = [Sequence, Picture, Sei];
        foreach (var unit in units)
            AvccWriter.Write(output, unit, lengthSize);
        var avcc = new AvccReader(output.WrittenSpan, lengthSize);
        var annexB = new AnnexBReader([0, 0, 0, 1, .. Sequence, 0, 0, 1, .. Picture, 0, 0, 0, 1, .. Sei]);
        foreach (var unit in units)
        {
            Assert.True(avcc.Next() && annexB.Next());
            Assert.Equal(unit, avcc.Current.Bytes.ToArray());
            Assert.Equal(unit, annexB.Current.Bytes.ToArray());
        }

        Assert.False(avcc.Next() || annexB.Next() || avcc.IsDamaged);
    }
}
