using System.Buffers.Binary;
using IntegrityGate.Core.Packets;

namespace IntegrityGate.Media.Flv;

/// <summary>
/// The form in which a publisher writes its video messages, so that ours can be written alike: legacy codec id or FourCC, with or
/// without composition offset, as the one track or as track 0 of several, and with the message's modifiers.
/// </summary>
internal readonly struct VideoTagForm
{
    private const int LegacyLength = 5;
    private const int OffsetLength = 3;
    private const byte Key = 0x10, Inter = 0x20;

    private readonly MediaPacket _model;
    private readonly EnhancedVideoTag _tag;
    private readonly bool _isEnhanced;

    private VideoTagForm(MediaPacket model)
    {
        _model = model;
        _isEnhanced = EnhancedVideoTag.TryRead(model.Payload.Span, out _tag);
    }

    /// <summary>The form of a message; valid only while that message is held.</summary>
    public static VideoTagForm Of(MediaPacket model) => new(model);

    private bool HasOffsets => _model.Traits.Codec is MediaCodec.H264 or MediaCodec.Hevc;

    /// <summary>Rents a message with room for a configuration and writes its header.</summary>
    /// <param name="dts">Decoding time.</param>
    /// <param name="length">Bytes of the configuration.</param>
    public MediaPacket RentHeader(Core.Time.MediaTime dts, int length)
    {
        var prefix = _isEnhanced ? _tag.Length - _tag.ModifierLength : LegacyLength;
        var traits = new PacketTraits(_model.Traits.Codec, IsKeyFrame: true, IsSequenceHeader: true, 0, prefix);
        var packet = PacketPool.Shared.Rent(MediaKind.Video, dts, prefix + length, traits);
        if (_isEnhanced)
            WriteEnhanced(packet.Writable, Key, EnhancedVideoTag.SequenceStart, withModifiers: false);
        else
            WriteLegacy(packet.Writable, Key, 0, 0);
        return packet;
    }

    /// <summary>Rents a message with room for a picture and writes its header.</summary>
    /// <param name="dts">Decoding time.</param>
    /// <param name="pts">Presentation time. AV1 has no composition offset: its pictures are shown when they are decoded.</param>
    /// <param name="isKey">True for a key frame.</param>
    /// <param name="length">Bytes of the picture.</param>
    public MediaPacket RentPicture(Core.Time.MediaTime dts, Core.Time.MediaTime pts, bool isKey, int length)
    {
        var offset = HasOffsets ? (int)(pts.Milliseconds - dts.Milliseconds) : 0;
        if (!_isEnhanced)
            return Rent(dts, isKey, offset, LegacyLength, length);

        // A modifier belongs to the publisher's picture of that presentation time (a nanosecond offset); another picture takes none along.
        var withModifiers = _tag.ModifierLength > 0 && pts == _model.Pts;
        var type = HasOffsets && offset != 0 ? EnhancedVideoTag.CodedFrames : _tag.PacketType;
        var prefix = _tag.Length - (withModifiers ? 0 : _tag.ModifierLength) + (HasOffsets && type == EnhancedVideoTag.CodedFrames ? OffsetLength : 0);
        var packet = Rent(dts, isKey, offset, prefix, length);
        var at = WriteEnhanced(packet.Writable, isKey ? Key : Inter, type, withModifiers);
        if (at < prefix)
            WriteOffset(packet.Writable[at..], offset);
        return packet;
    }

    private MediaPacket Rent(Core.Time.MediaTime dts, bool isKey, int offset, int prefix, int length)
    {
        var traits = new PacketTraits(_model.Traits.Codec, isKey, IsSequenceHeader: false, offset, prefix);
        var packet = PacketPool.Shared.Rent(MediaKind.Video, dts, prefix + length, traits, _model.ReceivedTimestamp);
        if (!_isEnhanced)
            WriteLegacy(packet.Writable, isKey ? Key : Inter, 1, offset);
        return packet;
    }

    // FLV 10.1, E.4.3.1: frame type and codec id, AVC packet type, composition offset.
    private void WriteLegacy(Span<byte> output, byte frameType, byte packetType, int offset)
    {
        output[0] = (byte)(frameType | (_model.Payload.Span[0] & 0x0F));
        output[1] = packetType;
        WriteOffset(output[2..], offset);
    }

    private int WriteEnhanced(Span<byte> output, byte frameType, int packetType, bool withModifiers)
    {
        var own = _tag.Multitrack is not null ? 6 : packetType; // behind the modifiers: multitrack, or the packet type itself
        output[0] = (byte)(0x80 | frameType | (withModifiers ? 7 : own));
        var at = 1;
        if (withModifiers)
        {
            _model.Payload.Span.Slice(1, _tag.ModifierLength).CopyTo(output[1..]);
            at += _tag.ModifierLength;
            output[at - 1] = (byte)((output[at - 1] & 0xF0) | own);
        }

        if (_tag.Multitrack is { } multitrack)
            output[at++] = (byte)((multitrack << 4) | packetType);
        BinaryPrimitives.WriteUInt32BigEndian(output[at..], _tag.FourCc);
        at += 4;
        if (_tag.Multitrack is not null)
            output[at++] = (byte)_tag.Track;
        return at;
    }

    private static void WriteOffset(Span<byte> output, int offset)
    {
        output[0] = (byte)(offset >> 16);
        output[1] = (byte)(offset >> 8);
        output[2] = (byte)offset;
    }
}
