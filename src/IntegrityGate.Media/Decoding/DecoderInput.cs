using System.Buffers;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Codecs;
using IntegrityGate.Media.H264;

namespace IntegrityGate.Media.Decoding;

/// <summary>
/// A request in the form that an ffmpeg worker takes: the only parameter sets that count, rewritten to say how many pictures are
/// reordered, and the pictures, those left out that no picture of the run needs.
/// </summary>
internal sealed class DecoderInput
{
    private readonly DecoderConfiguration _configuration;
    private readonly IReadOnlyList<MediaPacket> _run;

    private DecoderInput(VideoCodec codec, DecoderConfiguration configuration, ActiveVideo video, IReadOnlyList<MediaPacket> run, bool isEntry)
    {
        Codec = codec;
        _configuration = configuration;
        Video = video;
        _run = run;
        IsEntry = isEntry;
    }

    /// <summary>The codec.</summary>
    public VideoCodec Codec { get; }

    /// <summary>What is in force; tells the size that must come out.</summary>
    public ActiveVideo Video { get; }

    /// <summary>False when the run starts at a recovery point of H.264.</summary>
    public bool IsEntry { get; }

    /// <summary>Reads a request's packets.</summary>
    /// <param name="header">The sequence header packet.</param>
    /// <param name="run">The packets.</param>
    /// <param name="reason">Why they cannot be decoded.</param>
    public static DecoderInput? TryCreate(MediaPacket header, IReadOnlyList<MediaPacket> run, out string? reason)
    {
        if (run.Count == 0 || !run[0].IsKeyFrame)
            return Fail("the run does not start with a key frame", out reason);
        var name = header.Traits.Codec;
        if (VideoCodec.For(name) is not { } codec || run.Any(packet => packet.Traits.Codec != name))
            return Fail($"codec {run[0].Traits.Codec} is not decoded", out reason);
        if (codec.ReadConfiguration(Body(header), out reason) is not { } configuration)
            return null;
        var first = Body(run[0]);
        if (configuration.Find(first, out reason) is not { } video)
            return null;
        var picture = configuration.Look(first);
        if (picture.IsDamaged)
            return Fail("a length in the key frame does not fit its packet", out reason);
        if (!picture.IsEntry && name != MediaCodec.H264)
            return Fail("the key frame by its tag is none by its contents", out reason);
        return new DecoderInput(codec, configuration, video, run, picture.IsEntry);
    }

    /// <summary>Writes the container's start, for a process of the request's own.</summary>
    public void WriteStart(IBufferWriter<byte> output) => Codec.WriteStart(output, Video, ReorderDepth.Of(_run), rate: null);

    /// <summary>Writes what is in force and the pictures.</summary>
    /// <param name="output">Where to; the container's start is there already.</param>
    /// <param name="at">Time for the first packet, ms; the others keep their distance.</param>
    /// <returns>The presentation time of the wanted picture on that clock, ms.</returns>
    public long Write(IBufferWriter<byte> output, long at)
    {
        var reorder = ReorderDepth.Of(_run);
        Codec.WriteConfiguration(output, at, Video, reorder);
        Codec.WriteFirst(output, at, _run[0].Traits.CompositionOffsetMs, Video, reorder, Body(_run[0]));
        var zero = _run[0].Dts.Milliseconds - at;
        for (var i = 1; i < _run.Count; i++)
        {
            var body = Body(_run[i]);
            if (i == _run.Count - 1 || _configuration.Look(body) is { IsDisposable: false, HasPicture: true })
                Codec.WriteNext(output, _run[i].Dts.Milliseconds - zero, _run[i].Traits.CompositionOffsetMs, Video, body);
        }

        return _run[^1].Pts.Milliseconds - zero;
    }

    private static ReadOnlySpan<byte> Body(MediaPacket packet) => packet.Payload.Span[Math.Min(packet.Traits.HeaderLength, packet.Payload.Length)..];

    private static DecoderInput? Fail(string why, out string? reason)
    {
        reason = why;
        return null;
    }
}
