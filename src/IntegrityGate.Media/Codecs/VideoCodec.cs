using System.Buffers;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Av1;
using IntegrityGate.Media.H264;
using IntegrityGate.Media.H265;

namespace IntegrityGate.Media.Codecs;

/// <summary>A codec that the gate looks into: how its sequence header is read, and how its pictures go into ffmpeg and come out.</summary>
internal abstract class VideoCodec
{
    /// <summary>What the traits call it.</summary>
    public abstract MediaCodec Codec { get; }

    /// <summary>ffmpeg's name of the container in which pictures go in and out.</summary>
    public abstract string Container { get; }

    /// <summary>
    /// True when the encoder makes a key frame where it is told to; otherwise each GOP has an encoder of its own, so that key frames
    /// stay where the publisher has them.
    /// </summary>
    public virtual bool CanForceKeyFrames => true;

    /// <summary>Width and height of the picture of <see cref="WriteProbe"/>, px.</summary>
    public abstract int ProbeSide { get; }

    /// <summary>The codec of that name; null when the gate does not look into it.</summary>
    public static VideoCodec? For(MediaCodec codec) => codec switch
    {
        MediaCodec.H264 => H264Codec.Instance,
        MediaCodec.Hevc => H265Codec.Instance,
        MediaCodec.Av1 => Av1Codec.Instance,
        _ => null,
    };

    /// <summary>Reads a sequence header.</summary>
    /// <param name="bytes">The configuration record, without the tag header.</param>
    /// <param name="reason">Why it could not be read.</param>
    public abstract DecoderConfiguration? ReadConfiguration(ReadOnlySpan<byte> bytes, out string? reason);

    /// <summary>Writes the container's start for one stream.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="video">The stream.</param>
    /// <param name="reorder">Pictures that the decoder is to hold back, 0 to 16.</param>
    /// <param name="rate">Pictures a second as a fraction, for containers that say so; null when nobody needs to know.</param>
    public abstract void WriteStart(IBufferWriter<byte> output, ActiveVideo video, int reorder, (long Numerator, long Denominator)? rate);

    /// <summary>Writes the container's start for key frames of any stream.</summary>
    public abstract void WriteStart(IBufferWriter<byte> output);

    /// <summary>Writes what must stand before a stream's first picture, where the picture does not bring it itself.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="at">Decoding time, ms.</param>
    /// <param name="video">The stream.</param>
    /// <param name="reorder">Pictures that the decoder is to hold back, 0 to 16.</param>
    public virtual void WriteConfiguration(IBufferWriter<byte> output, long at, ActiveVideo video, int reorder)
    {
    }

    /// <summary>Writes the picture that decoding starts with, freed of parameter sets that would undo the ones of <paramref name="video"/>.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="at">Decoding time, ms.</param>
    /// <param name="compositionMs">Composition offset, ms.</param>
    /// <param name="video">The stream.</param>
    /// <param name="reorder">Pictures that the decoder is to hold back, 0 to 16.</param>
    /// <param name="unit">The coded data, without the tag header.</param>
    public abstract void WriteFirst(IBufferWriter<byte> output, long at, int compositionMs, ActiveVideo video, int reorder, ReadOnlySpan<byte> unit);

    /// <summary>Writes a picture that follows.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="at">Decoding time, ms.</param>
    /// <param name="compositionMs">Composition offset, ms.</param>
    /// <param name="video">The stream.</param>
    /// <param name="unit">The coded data, without the tag header.</param>
    public abstract void WriteNext(IBufferWriter<byte> output, long at, int compositionMs, ActiveVideo video, ReadOnlySpan<byte> unit);

    /// <summary>
    /// Writes a small black key frame that every decoder shows: what a worker is started with and asked for to see whether it still
    /// answers. It also empties the decoder of another stream's references.
    /// </summary>
    /// <param name="output">Where to.</param>
    /// <param name="at">Decoding time, ms.</param>
    public abstract void WriteProbe(IBufferWriter<byte> output, long at);

    /// <summary>A reader for what an encoder of this codec writes.</summary>
    public abstract IEncodedReader CreateReader();
}
