using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Codecs;

namespace IntegrityGate.Media.H264;

/// <summary>An H.264 sequence header in force.</summary>
internal sealed class AvcConfiguration(AvcDecoderConfigurationRecord record) : DecoderConfiguration
{
    /// <inheritdoc/>
    public override MediaCodec Codec => MediaCodec.H264;

    /// <inheritdoc/>
    public override CodedPicture Look(ReadOnlySpan<byte> unit)
    {
        var facts = AccessUnit.Read(unit, record.LengthSize);
        return new CodedPicture(facts.HasPicture, facts.IsIdr, IsDisposable: facts.IsDisposable, IsDamaged: facts.IsDamaged);
    }

    /// <inheritdoc/>
    public override ActiveVideo? Find(ReadOnlySpan<byte> keyFrame, out string? reason) => ActiveParameterSets.Find(record, keyFrame, out reason);

    /// <inheritdoc/>
    public override ActiveVideo? OfHeader(out string? reason) => ActiveParameterSets.OfHeader(record, out reason);
}
