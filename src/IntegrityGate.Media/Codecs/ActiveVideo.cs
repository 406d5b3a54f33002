using IntegrityGate.Core.Packets;
using IntegrityGate.Media.H264;

namespace IntegrityGate.Media.Codecs;

/// <summary>What is in force for a key frame and all that refers to it: size, format and the bytes that a decoder must have read before.</summary>
internal abstract record ActiveVideo
{
    /// <summary>The codec.</summary>
    public abstract MediaCodec Codec { get; }

    /// <summary>Width in px after cropping.</summary>
    public abstract int Width { get; }

    /// <summary>Height in px after cropping.</summary>
    public abstract int Height { get; }

    /// <summary>0 monochrome, 1 4:2:0, 2 4:2:2, 3 4:4:4.</summary>
    public abstract int ChromaFormat { get; }

    /// <summary>Bits a luma sample.</summary>
    public abstract int BitDepth { get; }

    /// <summary>Colour tags; null when the stream does not say.</summary>
    public abstract ColourDescription? Colour { get; }

    /// <summary>Frames a second as a fraction; null when the stream does not say, or says what no camera does.</summary>
    public abstract (long Numerator, long Denominator)? Rate { get; }

    /// <summary>Pictures that a decoder has to hold back for output order, 0 to 16; null when the stream does not say.</summary>
    public abstract int? StatedReorder { get; }

    /// <summary>The most pictures that a decoder may have to hold back, 0 to 16.</summary>
    public virtual int ReorderBound => StatedReorder ?? 0;

    /// <summary>Why this cannot be encoded again in its own kind, or null when it can.</summary>
    public abstract string? Refusal { get; }

    /// <summary>True when both hold the same bytes.</summary>
    public abstract bool Matches(ActiveVideo other);

    /// <summary>The bytes that make a key frame decodable without a header before it, in the stream's own framing.</summary>
    public abstract byte[] InBand();

    /// <summary>Where in a key frame the bytes of <see cref="InBand"/> go, or where those end that it has already.</summary>
    /// <param name="keyFrame">The coded data, without the tag header.</param>
    /// <param name="hasOwn">True when the key frame has what it needs.</param>
    public abstract int PlaceForInBand(ReadOnlySpan<byte> keyFrame, out bool hasOwn);

    /// <summary>
    /// The key frame's messages on how its pictures are to be shown (mastering display, light level), which an encoder does not
    /// repeat, in the encoder's framing.
    /// </summary>
    public virtual byte[] Lasting() => [];

    /// <summary>Marks an open entry as one whose past is gone, in place.</summary>
    /// <param name="keyFrame">The coded data, without the tag header.</param>
    public virtual void MarkBroken(Span<byte> keyFrame)
    {
    }
}
