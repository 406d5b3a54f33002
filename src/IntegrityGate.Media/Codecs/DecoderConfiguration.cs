using IntegrityGate.Core.Packets;

namespace IntegrityGate.Media.Codecs;

/// <summary>What a sequence header says (avcC, hvcC, av1C), and how to read the packets that come after it.</summary>
internal abstract class DecoderConfiguration
{
    /// <summary>The codec.</summary>
    public abstract MediaCodec Codec { get; }

    /// <summary>Looks into a packet.</summary>
    /// <param name="unit">The coded data, without the tag header.</param>
    public abstract CodedPicture Look(ReadOnlySpan<byte> unit);

    /// <summary>Finds what is in force for a key frame: in-band sets win over the header's.</summary>
    /// <param name="keyFrame">The coded data, without the tag header.</param>
    /// <param name="reason">Why nothing was found.</param>
    public abstract ActiveVideo? Find(ReadOnlySpan<byte> keyFrame, out string? reason);

    /// <summary>What the header says by itself, so that an encoder can be started ahead of the first key frame.</summary>
    /// <param name="reason">Why nothing was found.</param>
    public abstract ActiveVideo? OfHeader(out string? reason);
}
