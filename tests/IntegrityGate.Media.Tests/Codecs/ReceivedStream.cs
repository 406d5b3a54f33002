using System.Buffers.Binary;

namespace IntegrityGate.Media.Tests.Codecs;

/// <summary>
/// The video of a stream as a receiver sees it: messages taken apart by the specification's tables (none of the gate's code), and an
/// elementary stream made of them for a decoder.
/// </summary>
internal static class ReceivedStream
{
    /// <param name="Dts">Decoding time, ms.</param>
    /// <param name="Pts">Presentation time, ms.</param>
    /// <param name="IsKey">The tag's key flag.</param>
    /// <param name="IsConfiguration">A decoder configuration.</param>
    /// <param name="Style">How the message is written.</param>
    /// <param name="Data">The coded data or the configuration.</param>
    internal sealed record Message(long Dts, long Pts, bool IsKey, bool IsConfiguration, TagStyle Style, byte[] Data);

    /// <summary>Takes a video message apart.</summary>
    public static Message Parse(long dts, byte[] payload)
    {
        var first = payload[0];
        if ((first & 0x80) == 0)
            return new Message(dts, dts + Offset(payload, 2), first >> 4 == 1, payload[1] == 0, TagStyle.Legacy, payload[5..]);
        var (type, at, style) = (first & 0x0F, 1, TagStyle.CodedFrames);
        if (type == 7)
        {
            Assert.Equal(2, payload[1]); // the only modifier that is known: three bytes of nanoseconds
            (type, at, style) = (payload[5] & 0x0F, 6, TagStyle.Nanoseconds);
        }

        if (type == 6)
        {
            Assert.Equal(0, payload[at] >> 4);
            (type, at, style) = (payload[at] & 0x0F, at + 1, TagStyle.TrackZero);
        }

        var hasOffset = type == 1 && System.Text.Encoding.ASCII.GetString(payload, at, 4) is "hvc1" or "avc1";
        at += 4;
        if (style == TagStyle.TrackZero)
            Assert.Equal(0, payload[at++]);
        if (type == 3 && style == TagStyle.CodedFrames)
            style = TagStyle.CodedFramesX;
        return new Message(dts, dts + (type == 1 && hasOffset ? Offset(payload, at) : 0), ((first >> 4) & 7) == 1, type == 0, style, payload[(at + (hasOffset && type == 1 ? 3 : 0))..]);
    }

    /// <summary>The stream for <c>-f hevc</c> or <c>-f ivf</c>.</summary>
    /// <param name="messages">The video messages in order.</param>
    /// <param name="isAv1">AV1, otherwise HEVC.</param>
    /// <param name="readsHeaders">
    /// True for a receiver that takes each configuration as it comes; false for one that reads the first and after that only what
    /// stands in the pictures.
    /// </param>
    public static byte[] Elementary(IEnumerable<Message> messages, bool isAv1, bool readsHeaders)
    {
        var output = new List<byte>();
        if (isAv1)
            output.AddRange([.. "DKIF"u8, 0, 0, 32, 0, .. "AV01"u8, 0, 0, 0, 0, 0xE8, 3, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        var (seen, lengthSize) = (false, 4);
        byte[] pending = [];
        foreach (var message in messages)
        {
            if (message.IsConfiguration)
            {
                if (!isAv1 && message.Data.Length > 21)
                    lengthSize = (message.Data[21] & 3) + 1;
                if (!seen || readsHeaders)
                    pending = isAv1 ? message.Data[4..] : Sets(message.Data);
                seen = true;
                continue;
            }

            if (isAv1)
                Frame(output, [0x12, 0, .. pending, .. message.Data], message.Pts);
            else
                output.AddRange([.. pending, .. AnnexB(message.Data, lengthSize)]);
            pending = [];
        }

        return [.. output];
    }

    /// <summary>The NAL units of an access unit.</summary>
    public static IEnumerable<byte[]> Units(byte[] accessUnit, int lengthSize = 4)
    {
        for (var at = 0; at < accessUnit.Length;)
        {
            var length = 0;
            for (var i = 0; i < lengthSize; i++)
                length = (length << 8) | accessUnit[at++];
            yield return accessUnit[at..(at + length)];
            at += length;
        }
    }

    private static IEnumerable<byte> AnnexB(byte[] accessUnit, int lengthSize) => Units(accessUnit, lengthSize).SelectMany(unit => (byte[])[0, 0, 0, 1, .. unit]);

    private static byte[] Sets(byte[] configuration)
    {
        var output = new List<byte>();
        var at = 23;
        for (var arrays = configuration[22]; arrays > 0; arrays--)
        {
            var count = (configuration[at + 1] << 8) | configuration[at + 2];
            at += 3;
            for (; count > 0; count--)
            {
                var length = (configuration[at] << 8) | configuration[at + 1];
                output.AddRange([0, 0, 0, 1, .. configuration[(at + 2)..(at + 2 + length)]]);
                at += 2 + length;
            }
        }

        return [.. output];
    }

    private static void Frame(List<byte> output, byte[] unit, long pts)
    {
        var head = new byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(head, unit.Length);
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(4), pts);
        output.AddRange(head);
        output.AddRange(unit);
    }

    private static int Offset(byte[] payload, int at) => ((payload[at] << 24) | (payload[at + 1] << 16) | (payload[at + 2] << 8)) >> 8;
}
