using IntegrityGate.Core.Audio;
using IntegrityGate.Core.Packets;

namespace IntegrityGate.Media.Decoding.Audio;

/// <summary>What a request's packets say together.</summary>
internal static class AudioPackets
{
    // 200 ms: longer than the longest packet in use (Opus, 120 ms).
    private const long LongestPacketMs = 200;

    /// <summary>The coded data without the tag header.</summary>
    public static ReadOnlySpan<byte> Body(this MediaPacket packet) => packet.Payload.Span[Math.Min(packet.Traits.HeaderLength, packet.Payload.Length)..];

    /// <summary>From the first packet's time to the last one's, ms.</summary>
    public static long Milliseconds(this AudioDecodeRequest request) => request.Packets[^1].Dts.Milliseconds - request.Packets[0].Dts.Milliseconds;

    /// <summary>A window with room for all of it.</summary>
    public static AudioWindow CreateWindow(this AudioDecodeRequest request) =>
        new(request.Packets[0].Dts, (int)((request.Milliseconds() + LongestPacketMs) * AudioWindow.SampleRate / 1000)) { IsStart = request.IsStart };
}
