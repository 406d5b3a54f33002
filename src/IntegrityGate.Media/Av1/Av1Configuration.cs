using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Codecs;

namespace IntegrityGate.Media.Av1;

/// <summary>An AV1 sequence header in force.</summary>
internal sealed class Av1Configuration(Av1CodecConfigurationRecord record) : DecoderConfiguration
{
    /// <summary>Metadata of the types light level and mastering display (AV1 6.7.1).</summary>
    private const int LightLevel = 1, MasteringDisplay = 2;

    /// <inheritdoc/>
    public override MediaCodec Codec => MediaCodec.Av1;

    /// <inheritdoc/>
    public override CodedPicture Look(ReadOnlySpan<byte> unit) => TemporalUnit.Read(unit).Picture;

    /// <inheritdoc/>
    public override ActiveVideo? Find(ReadOnlySpan<byte> keyFrame, out string? reason)
    {
        var (unit, parsed) = (record.SequenceHeader, record.Parsed);
        List<ReadOnlyMemory<byte>> lasting = [];
        var reader = new ObuReader(keyFrame);
        while (reader.Next())
        {
            if (reader.Type == ObuType.SequenceHeader)
            {
                if (SequenceHeader.TryParse(reader.Payload, out reason) is not { } own)
                    return null;
                (unit, parsed) = (reader.Bytes.ToArray(), own);
            }
            else if (reader.Type == ObuType.Metadata && reader.Payload is [LightLevel or MasteringDisplay, ..])
            {
                lasting.Add(reader.Bytes.ToArray());
            }
        }

        reason = parsed is null ? "no sequence header came" : null;
        return reason is null ? new ActiveSequence(parsed!, unit, lasting) : null;
    }

    /// <inheritdoc/>
    public override ActiveVideo? OfHeader(out string? reason)
    {
        reason = record.Parsed is null ? "the sequence header is empty" : null;
        return record.Parsed is { } parsed ? new ActiveSequence(parsed, record.SequenceHeader, []) : null;
    }
}
