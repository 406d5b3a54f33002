using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Time;
using IntegrityGate.Media.Codecs;
using IntegrityGate.Media.Flv;

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
    private DecoderConfiguration? _broken;

    /// <summary>Pictures whose decoding time had to be moved by a millisecond.</summary>
    public long Nudged { get; private set; }

    /// <summary>Sends a packet as it is; takes it over. A picture that refers to what was never sent is left out.</summary>
    public void Write(MediaPacket packet)
    {
        if (packet.Kind == MediaKind.Video && !packet.Traits.IsAside)
        {
            if (_broken is not null && !packet.IsSequenceHeader && IsLost(packet))
            {
                SpliceMetrics.Irregular.Add(1, new KeyValuePair<string, object?>("kind", "lost"));
                packet.Release();
                return;
            }

            if (packet.IsSequenceHeader && !packet.Payload.Span.SequenceEqual(_lastHeader))
                _lastHeader = packet.Payload.ToArray();
            else if (!packet.IsSequenceHeader)
                _lastVideo = packet.Dts;
        }

        sink.Write(packet);
    }

    /// <summary>
    /// Sends a publisher's key frame; takes it over. Its configuration goes before it when another one was sent last. Where decoders
    /// have not got the pictures before it, an open entry is marked as broken, and its leading pictures that need them are left out.
    /// </summary>
    /// <param name="entry">The key frame.</param>
    /// <param name="configuration">The publisher's header.</param>
    /// <param name="video">What is in force.</param>
    /// <param name="isBroken">True when the publisher's pictures before it were not sent as they are.</param>
    public void WriteEntry(MediaPacket entry, SourceConfiguration configuration, ActiveVideo? video, bool isBroken)
    {
        _broken = null;
        var isRenewed = !configuration.Payload.AsSpan().SequenceEqual(_lastHeader);
        if (isRenewed)
        {
            _lastHeader = configuration.Payload;
            sink.Write(PacketPool.Shared.Copy(MediaKind.Video, entry.Dts, configuration.Payload, configuration.Traits));
        }

        var header = entry.Traits.HeaderLength;
        var body = entry.Payload.Span[header..];
        var isCut = isBroken && video is not null && configuration.Decoder.Look(body).IsOpen;
        var hasOwn = true;
        var place = isRenewed && video is not null ? video.PlaceForInBand(body, out hasOwn) : 0;
        if (hasOwn && !isCut)
        {
            Write(entry);
            return;
        }

        var sets = hasOwn ? [] : video!.InBand();
        var packet = PacketPool.Shared.Rent(MediaKind.Video, entry.Dts, entry.Payload.Length + sets.Length, entry.Traits, entry.ReceivedTimestamp);
        var output = packet.Writable;
        entry.Payload.Span[..header].CopyTo(output);
        Insert(output[header..], body, place, sets, []);
        if (isCut)
            video!.MarkBroken(output[header..]);
        entry.Release();
        Write(packet);
        _broken = isCut ? configuration.Decoder : null;
    }

    /// <summary>Sends an encoder's picture in a publisher's packet's place and form. Takes neither over.</summary>
    /// <param name="source">The packet whose decoding time and tag form it takes.</param>
    /// <param name="picture">The encoder's tag.</param>
    /// <param name="pts">Its presentation time on the stream's clock.</param>
    /// <param name="encoding">The encoder's configuration.</param>
    /// <param name="lasting">Messages of the publisher's key frame for the encoder's, in its framing.</param>
    public void WriteStamped(MediaPacket source, MediaPacket picture, MediaTime pts, EncodedConfiguration encoding, ReadOnlySpan<byte> lasting)
    {
        var dts = source.Dts;
        if (dts <= _lastVideo && _lastVideo.Milliseconds - dts.Milliseconds < SwitchRule.ClockRestart.TotalMilliseconds)
        {
            // The publisher's own clock stands still or goes back; receivers demand that it rises.
            dts = new MediaTime(_lastVideo.Milliseconds + 1);
            Nudged++;
            SpliceMetrics.Irregular.Add(1, new KeyValuePair<string, object?>("kind", "nudged"));
        }

        var form = VideoTagForm.Of(source);
        var body = picture.Payload.Span[picture.Traits.HeaderLength..];
        byte[] sets = [];
        var place = 0;
        if (picture.IsKeyFrame)
        {
            WriteHeader(form.RentHeader(dts, encoding.Bytes.Length), encoding);
            place = encoding.Video.PlaceForInBand(body, out var hasOwn);
            sets = hasOwn ? [] : encoding.Video.InBand();
        }
        else
        {
            lasting = [];
        }

        var packet = form.RentPicture(dts, pts, picture.IsKeyFrame, body.Length + sets.Length + lasting.Length);
        Insert(packet.Writable[packet.Traits.HeaderLength..], body, place, sets, lasting);
        _broken = null;
        Write(packet);
    }

    private void WriteHeader(MediaPacket packet, EncodedConfiguration encoding)
    {
        encoding.Bytes.CopyTo(packet.Writable[packet.Traits.HeaderLength..]);
        if (packet.Payload.Span.SequenceEqual(_lastHeader))
            packet.Release();
        else
            Write(packet);
    }

    // Leading pictures come before all others of their entry (H.265 8.1.3): the first that is none ends the gap.
    private bool IsLost(MediaPacket packet)
    {
        var picture = _broken!.Look(packet.Payload.Span[packet.Traits.HeaderLength..]);
        if (picture.HasPicture && !picture.IsLeading)
            _broken = null;
        return picture.NeedsPast;
    }

    private static void Insert(Span<byte> output, ReadOnlySpan<byte> body, int place, ReadOnlySpan<byte> sets, ReadOnlySpan<byte> lasting)
    {
        body[..place].CopyTo(output);
        sets.CopyTo(output[place..]);
        lasting.CopyTo(output[(place + sets.Length)..]);
        body[place..].CopyTo(output[(place + sets.Length + lasting.Length)..]);
    }
}
