using System.Buffers;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Codecs;

namespace IntegrityGate.Media.Flv;

/// <summary>An encoder's FLV output.</summary>
internal sealed class FlvEncodedReader : IEncodedReader
{
    private readonly FlvReader _tags = new(PacketPool.Shared);

    /// <inheritdoc/>
    public string? Error => _tags.Error;

    /// <inheritdoc/>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, out MediaPacket? packet) => _tags.Read(ref buffer, out packet) == FlvReadStatus.Ok;
}
