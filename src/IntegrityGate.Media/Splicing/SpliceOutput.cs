using System.Buffers.Binary;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Time;
using IntegrityGate.Media.Ffmpeg;
using IntegrityGate.Media.H264;

namespace IntegrityGate.Media.Splicing;

/// <summary>
/// Writes packets in their final form. At each side of a switch the new configuration goes out twice: as a sequence header with the
/// IDR's decoding time (some receivers drop parameter sets in-band) and in the IDR's access unit (others read no header after the
/// first). A header equal to the last one sent is left out, because some receivers mark a break in the stream at every header.
/// </summary>
internal sealed class SpliceOutput(IPacketSink sink)
{
    private byte[] _lastHeader = [];
    private MediaTime _lastVideo = new(long.MinValue);

    /// <summary>Pictures whose decoding time had to be moved by a millisecond.</summary>
    public long Nudged { get; private set; }

    /// <summary>Sends a packet as it is; takes it over.</summary>
    public void Write(MediaPacket packet)
    {
        if (packet.Kind == MediaKind.Video)
        {
            if (packet.IsSequenceHeader && !packet.Payload.Span.SequenceEqual(_lastHeader))
                _lastHeader = packet.Payload.ToArray();
            else if (!packet.IsSequenceHeader)
                _lastVideo = packet.Dts;
        }

        sink.Write(packet);
    }

    /// <summary>Sends a publisher's IDR; takes it over. Its configuration goes before it when another one was sent last.</summary>
    public void WriteIdr(MediaPacket idr, SourceConfiguration configuration, ActiveParameterSets? sets)
    {
        if (configuration.Payload.AsSpan().SequenceEqual(_lastHeader))
        {
            Write(idr);
            return;
        }

        _lastHeader = configuration.Payload;
        sink.Write(PacketPool.Shared.Copy(MediaKind.Video, idr.Dts, configuration.Payload, configuration.Traits));
        var body = idr.Payload.Span[idr.Traits.HeaderLength..];
        if (sets is null || AccessUnit.Read(body, configuration.Record.LengthSize).HasParameterSets)
        {
            Write(idr);
            return;
        }

        var lengthSize = configuration.Record.LengthSize;
        var front = DelimiterLength(body, lengthSize);
        var added = lengthSize + sets.SequenceBytes.Length;
        foreach (var picture in sets.Pictures)
            added += lengthSize + picture.Length;
        var packet = PacketPool.Shared.Rent(MediaKind.Video, idr.Dts, idr.Payload.Length + added, idr.Traits, idr.ReceivedTimestamp);
        var output = packet.Writable;
        idr.Payload.Span[..(idr.Traits.HeaderLength + front)].CopyTo(output);
        output = output[(idr.Traits.HeaderLength + front)..];
        output = Put(output, sets.SequenceBytes.Span, lengthSize);
        foreach (var picture in sets.Pictures)
            output = Put(output, picture.Span, lengthSize);
        body[front..].CopyTo(output);
        idr.Release();
        Write(packet);
    }

    /// <summary>Sends an encoder's picture in a publisher's packet's place and form. Takes neither over.</summary>
    /// <param name="source">The packet whose decoding time and tag form it takes.</param>
    /// <param name="picture">The encoder's tag.</param>
    /// <param name="pts">Its presentation time on the stream's clock.</param>
    /// <param name="encoding">The encoder's configuration.</param>
    public void WriteStamped(MediaPacket source, MediaPacket picture, MediaTime pts, EncodedConfiguration encoding)
    {
        var dts = source.Dts;
        if (dts <= _lastVideo && _lastVideo.Milliseconds - dts.Milliseconds < SwitchRule.ClockRestart.TotalMilliseconds)
        {
            // The publisher's own clock stands still or goes back; receivers demand that it rises.
            dts = new MediaTime(_lastVideo.Milliseconds + 1);
            Nudged++;
            SpliceMetrics.Irregular.Add(1, new KeyValuePair<string, object?>("kind", "nudged"));
        }

        var isEnhanced = (source.Payload.Span[0] & 0x80) != 0;
        if (picture.IsKeyFrame)
            WriteHeader(dts, isEnhanced, encoding);

        var body = picture.Payload.Span[AvcTag.HeaderLength..];
        var sets = encoding.Record;
        var added = picture.IsKeyFrame ? 8 + sets.SequenceParameterSets[0].Length + sets.PictureParameterSets[0].Length : 0;
        var headerLength = isEnhanced ? 8 : AvcTag.HeaderLength;
        var offset = (int)(pts.Milliseconds - dts.Milliseconds);
        var traits = new PacketTraits(MediaCodec.H264, picture.IsKeyFrame, IsSequenceHeader: false, offset, headerLength);
        var packet = PacketPool.Shared.Rent(MediaKind.Video, dts, headerLength + added + body.Length, traits, source.ReceivedTimestamp);
        var output = packet.Writable;
        WriteTagHeader(output, isEnhanced, picture.IsKeyFrame, isHeader: false, offset);
        output = output[headerLength..];
        if (picture.IsKeyFrame)
        {
            output = Put(output, sets.SequenceParameterSets[0].Span, 4);
            output = Put(output, sets.PictureParameterSets[0].Span, 4);
        }

        body.CopyTo(output);
        Write(packet);
    }

    private void WriteHeader(MediaTime dts, bool isEnhanced, EncodedConfiguration encoding)
    {
        var headerLength = isEnhanced ? 5 : AvcTag.HeaderLength;
        var traits = new PacketTraits(MediaCodec.H264, IsKeyFrame: true, IsSequenceHeader: true, 0, headerLength);
        var packet = PacketPool.Shared.Rent(MediaKind.Video, dts, headerLength + encoding.Bytes.Length, traits);
        WriteTagHeader(packet.Writable, isEnhanced, isKey: true, isHeader: true, 0);
        encoding.Bytes.CopyTo(packet.Writable[headerLength..]);
        if (packet.Payload.Span.SequenceEqual(_lastHeader))
            packet.Release();
        else
            Write(packet);
    }

    // E-RTMP v2, ExVideoTagHeader: frame type, packet type 0 (SequenceStart) or 1 (CodedFrames, with a composition offset), FourCC.
    private static void WriteTagHeader(Span<byte> output, bool isEnhanced, bool isKey, bool isHeader, int offset)
    {
        if (!isEnhanced)
        {
            AvcTag.WriteTagHeader(output, isKey, isHeader, offset);
            return;
        }

        output[0] = (byte)(0x80 | (isKey ? 0x10 : 0x20) | (isHeader ? 0 : 1));
        BinaryPrimitives.WriteUInt32BigEndian(output[1..], 0x61766331); // avc1
        if (isHeader)
            return;
        output[5] = (byte)(offset >> 16);
        output[6] = (byte)(offset >> 8);
        output[7] = (byte)offset;
    }

    private static int DelimiterLength(ReadOnlySpan<byte> body, int lengthSize)
    {
        var reader = new AvccReader(body, lengthSize);
        return reader.Next() && reader.Current.Type == NalUnitType.AccessUnitDelimiter ? lengthSize + reader.Current.Bytes.Length : 0;
    }

    private static Span<byte> Put(Span<byte> output, ReadOnlySpan<byte> unit, int lengthSize)
    {
        for (var i = 0; i < lengthSize; i++)
            output[i] = (byte)(unit.Length >> (8 * (lengthSize - 1 - i)));
        unit.CopyTo(output[lengthSize..]);
        return output[(lengthSize + unit.Length)..];
    }
}
