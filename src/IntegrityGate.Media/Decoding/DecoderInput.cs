using System.Buffers;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Ffmpeg;
using IntegrityGate.Media.H264;

namespace IntegrityGate.Media.Decoding;

/// <summary>
/// A request in the form that an ffmpeg worker takes: one header with the only sequence parameter set that counts, rewritten to
/// say how many frames are reordered, and the access units, those left out that no picture of the run needs.
/// </summary>
internal sealed class DecoderInput
{
    private readonly byte[] _configuration;
    private readonly byte[] _keyFrame;
    private readonly IReadOnlyList<MediaPacket> _run;
    private readonly int _lengthSize;

    private DecoderInput(SequenceParameterSet set, byte[] configuration, byte[] keyFrame, IReadOnlyList<MediaPacket> run, int lengthSize, bool isIdr)
    {
        Set = set;
        _configuration = configuration;
        _keyFrame = keyFrame;
        _run = run;
        _lengthSize = lengthSize;
        IsIdr = isIdr;
    }

    /// <summary>The sequence parameter set in force; tells the size that must come out.</summary>
    public SequenceParameterSet Set { get; }

    /// <summary>False when the run starts at a recovery point.</summary>
    public bool IsIdr { get; }

    /// <summary>Reads a request's packets.</summary>
    /// <param name="header">The sequence header packet.</param>
    /// <param name="run">The packets.</param>
    /// <param name="reason">Why they cannot be decoded.</param>
    public static DecoderInput? TryCreate(MediaPacket header, IReadOnlyList<MediaPacket> run, out string? reason)
    {
        if (run.Count == 0 || !run[0].IsKeyFrame)
            return Fail("the run does not start with a key frame", out reason);
        if (header.Traits.Codec != MediaCodec.H264 || run.Any(packet => packet.Traits.Codec != MediaCodec.H264))
            return Fail($"codec {run[0].Traits.Codec} is not decoded yet", out reason);
        if (AvcDecoderConfigurationRecord.TryParse(Body(header), out reason) is not { } record)
            return null;
        var first = Body(run[0]);
        if (ActiveParameterSets.Find(record, first, out reason) is not { } active)
            return null;
        var unit = AccessUnit.Read(first, record.LengthSize);
        if (unit.IsDamaged)
            return Fail("a NAL length of the key frame does not fit its packet", out reason);
        if (UsabilityRewriter.Rewrite(active.SequenceBytes.Span, ReorderDepth.Of(run)) is not { } rewritten)
            return Fail("the sequence parameter set cannot be rewritten", out reason);
        var configuration = new AvcDecoderConfigurationRecord(record.LengthSize, [rewritten], active.Pictures).Write();
        return new DecoderInput(active.Sequence, configuration, WithoutParameterSets(first, record.LengthSize), run, record.LengthSize, unit.IsIdr);
    }

    /// <summary>Writes the header and the access units as FLV tags.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="at">Time for the first packet, ms; the others keep their distance.</param>
    /// <returns>The presentation time of the wanted picture on that clock, ms.</returns>
    public long Write(IBufferWriter<byte> output, long at)
    {
        AvcTag.WriteSequenceHeader(output, at, _configuration);
        AvcTag.WriteAccessUnit(output, at, isKey: true, _run[0].Traits.CompositionOffsetMs, _keyFrame);
        var zero = _run[0].Dts.Milliseconds - at;
        for (var i = 1; i < _run.Count; i++)
        {
            var body = Body(_run[i]);
            if (i < _run.Count - 1 && AccessUnit.Read(body, _lengthSize).IsDisposable)
                continue;
            AvcTag.WriteAccessUnit(output, _run[i].Dts.Milliseconds - zero, _run[i].IsKeyFrame, _run[i].Traits.CompositionOffsetMs, body);
        }

        return _run[^1].Pts.Milliseconds - zero;
    }

    private static ReadOnlySpan<byte> Body(MediaPacket packet) => packet.Payload.Span[Math.Min(packet.Traits.HeaderLength, packet.Payload.Length)..];

    private static byte[] WithoutParameterSets(ReadOnlySpan<byte> accessUnit, int lengthSize)
    {
        var output = new ArrayBufferWriter<byte>(accessUnit.Length);
        var reader = new AvccReader(accessUnit, lengthSize);
        while (reader.Next())
        {
            if (reader.Current.Type is not (NalUnitType.SequenceParameterSet or NalUnitType.PictureParameterSet))
                AvccWriter.Write(output, reader.Current.Bytes, lengthSize);
        }

        return output.WrittenSpan.ToArray();
    }

    private static DecoderInput? Fail(string why, out string? reason)
    {
        reason = why;
        return null;
    }
}
