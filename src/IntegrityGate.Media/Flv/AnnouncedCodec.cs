using System.Text;
using IntegrityGate.Core.Packets;

namespace IntegrityGate.Media.Flv;

/// <summary>The FourCC that an enhanced message names (E-RTMP v2, "ExVideoTagHeader", "ExAudioTagHeader").</summary>
public static class AnnouncedCodec
{
    private const int EnhancedAudio = 9;

    /// <summary>The codec's FourCC; null for a legacy message, a damaged one, one whose tracks each name their own, and what is no name.</summary>
    public static string? Of(MediaPacket packet)
    {
        ArgumentNullException.ThrowIfNull(packet);
        var payload = packet.Payload.Span;
        if (packet.Kind == MediaKind.Video)
            return EnhancedVideoTag.TryRead(payload, out var tag) && tag.FourCc != 0 ? Name([(byte)(tag.FourCc >> 24), (byte)(tag.FourCc >> 16), (byte)(tag.FourCc >> 8), (byte)tag.FourCc]) : null;
        return packet.Kind == MediaKind.Audio && payload.Length >= 5 && payload[0] >> 4 == EnhancedAudio && packet.Traits.HeaderLength >= 5
            ? Name(payload.Slice(packet.Traits.HeaderLength - 4, 4))
            : null;
    }

    // It ends up in an answer and a log, and a stranger chose it.
    private static string? Name(ReadOnlySpan<byte> code) => code.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0 ? Encoding.ASCII.GetString(code) : null;
}
