using System.Buffers;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;
using IntegrityGate.EndToEnd.Tests.Support;
using IntegrityGate.Media.Amf;
using IntegrityGate.Media.Flv;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Tests.Codecs;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.EndToEnd.Tests.Codecs;

/// <summary>
/// An encoder with enhanced RTMP, which the installed ffmpeg is not: it publishes what ffmpeg encoded, and goes on only as its
/// receiver does, so that no machine is too slow for it.
/// </summary>
internal sealed class EnhancedPublisher : IAsyncDisposable
{
    /// <summary>Media time, ms, that may be sent and not yet received: more than any switch holds back, less than the gate lets an encoder lag.</summary>
    private const long Ahead = 1000;

    private readonly RtmpClient _client;
    private readonly PacketPool _pool = new();

    private EnhancedPublisher(RtmpClient client) => _client = client;

    /// <summary>Ends when the gate ends the connection.</summary>
    public Task<RtmpClosing> Completion => _client.Completion;

    public static async Task<EnhancedPublisher> StartAsync(GateProcess gate, string key) => new(await RtmpClient.PublishAsync(
        RtmpTarget.Parse(gate.Rtmp), new RtmpClientOptions { Key = new StreamKey(key), Capabilities = RtmpCapabilities.PassAll }, new PacketPool(), TimeProvider.System, NullLogger.Instance, CancellationToken.None));

    /// <summary>A clip of HEVC or AV1 with sound, made by ffmpeg: 960x540, 30 pictures a second, a key frame a second.</summary>
    public static async Task<Mp4Samples> ClipAsync(TempFolder folder, string encoding, bool isAv1, int seconds)
    {
        var path = folder.In("clip.mp4");
        await Tool.RunAsync("ffmpeg", [
            "-v", "error", "-f", "lavfi", "-i", $"mandelbrot=size=480x270:rate=30,pad=960:540:0:270:0x506070", "-f", "lavfi", "-i", "sine=frequency=330:sample_rate=44100",
            "-t", $"{seconds}", "-map", "0:v", "-map", "1:a", .. encoding.Split(' '), "-pix_fmt", "yuv420p", "-c:a", "aac", "-ac", "1", "-video_track_timescale", "1000", path]);
        var probed = await Tool.RunAsync("ffprobe", [.. Mp4Samples.ProbeArguments, path]);
        return Mp4Samples.Read(path, probed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), isAv1 ? "av1C" : "hvcC");
    }

    /// <summary>Sends metadata, with an AIGC property or without.</summary>
    public Task DeclareAsync(long dts, string? aigc)
    {
        var body = new ArrayBufferWriter<byte>();
        var amf = new Amf0Writer(body);
        amf.Write("@setDataFrame");
        amf.Write("onMetaData");
        AmfObject properties = new() { { "encoder", "test" } };
        if (aigc is not null)
            properties.Add("AIGC", aigc);
        amf.Write(properties);
        return SendAsync(MediaKind.Data, dts, body.WrittenSpan.ToArray());
    }

    /// <summary>Sends messages, each once the receiver has what came a second of media before it.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="received">Decoding time of the newest video that the receiver has, ms.</param>
    /// <param name="details">What the gate says, for a failure's message.</param>
    public async Task SendAsync(IEnumerable<(bool IsVideo, long Dts, byte[] Payload)> messages, Func<long> received, Func<string> details)
    {
        foreach (var (isVideo, dts, payload) in messages)
        {
            await Eventually.TrueAsync($"the receiver to have what came a second before {dts} ms", () => received() >= dts - Ahead || Completion.IsCompleted, seconds: 120, details);
            if (Completion.IsCompleted)
                return;
            await SendAsync(isVideo ? MediaKind.Video : MediaKind.Audio, dts, payload);
        }
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private async Task SendAsync(MediaKind kind, long dts, byte[] payload)
    {
        var packet = _pool.Copy(kind, new MediaTime(dts), payload, TagClassifier.Classify(kind, payload));
        await _client.SendAsync(packet, CancellationToken.None);
        packet.Release();
        await _client.FlushAsync(CancellationToken.None);
    }
}
