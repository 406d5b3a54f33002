using System.IO.Pipelines;
using System.Runtime.InteropServices;
using IntegrityGate.Core.Audio;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Flv;

namespace IntegrityGate.Media.Decoding.Audio;

/// <summary>
/// Reads 16-bit samples with their times out of what ffmpeg pipes: FLV, the container that is flushed after each packet, carries linear PCM of
/// any rate (its header's rate field is of no use then and not read) and is read here anyway.
/// </summary>
internal sealed class PcmStream(Stream stream)
{
    /// <summary>What makes ffmpeg write it.</summary>
    public static readonly string OutputOptions =
        $"-map 0:a:0 -vn -sn -dn -filter_threads 1 -threads 1 -c:a pcm_s16le -ar {AudioWindow.SampleRate} -ac 1 -flags +bitexact -flush_packets 1 -flvflags no_duration_filesize";

    /// <summary>Its container.</summary>
    public const string OutputFormat = "flv";

    // 20 ms: what time stamps of whole milliseconds and jitter make, and not a hole.
    private const int MaxSlip = AudioWindow.SampleRate / 50;

    private readonly PipeReader _pipe = PipeReader.Create(stream);
    private readonly FlvReader _reader = new(PacketPool.Shared, maxTagBytes: 1 << 20);

    /// <summary>Reads the next packet of samples.</summary>
    /// <returns>The packet, held for the caller; null at the end.</returns>
    /// <exception cref="IOException">The stream is damaged.</exception>
    public async ValueTask<MediaPacket?> NextAsync(CancellationToken ct)
    {
        while (true)
        {
            var read = await _pipe.ReadAsync(ct).ConfigureAwait(false);
            var buffer = read.Buffer;
            var status = _reader.Read(ref buffer, out var packet);
            if (status == FlvReadStatus.Malformed)
                throw new IOException($"The decoder's sound cannot be read: {_reader.Error}");
            if (packet is { Kind: MediaKind.Audio, Payload.Length: > 1 })
            {
                _pipe.AdvanceTo(buffer.Start);
                return packet;
            }

            var isEmpty = packet is null;
            packet?.Release();
            if (!isEmpty)
                _pipe.AdvanceTo(buffer.Start);
            else if (read.IsCompleted)
                return null;
            else
                _pipe.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    /// <summary>Reads packets into a window, each at its time.</summary>
    /// <param name="window">Receives the samples; cut to what came.</param>
    /// <param name="begin">The decoder's time of the window's first sample, ms.</param>
    /// <param name="end">The decoder's time at which the window is over, ms: a packet from there on ends the reading.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>True when such a packet came; false at the end of the stream.</returns>
    /// <exception cref="IOException">The stream is damaged.</exception>
    public async ValueTask<bool> FillAsync(AudioWindow window, long begin, long end, CancellationToken ct)
    {
        var written = 0;
        while (await NextAsync(ct).ConfigureAwait(false) is { } packet)
        {
            var isOver = packet.Dts.Milliseconds >= end;
            if (!isOver)
                written = Copy(packet, window, begin, written);
            packet.Release();
            if (!isOver)
                continue;
            window.Trim(written);
            return true;
        }

        window.Trim(written);
        return false;
    }

    /// <summary>Turns a packet's samples into floating point.</summary>
    /// <returns>How many were written.</returns>
    public static int Convert(MediaPacket packet, Span<float> to)
    {
        var samples = MemoryMarshal.Cast<byte, short>(packet.Payload.Span[1..]);
        var count = Math.Min(samples.Length, to.Length);
        for (var i = 0; i < count; i++)
            to[i] = samples[i] / 32768f;
        return count;
    }

    private static int Copy(MediaPacket packet, AudioWindow window, long begin, int written)
    {
        // Sample after sample, since whole milliseconds would make a click of every packet; a hole stays silent.
        var place = (packet.Dts.Milliseconds - begin) * AudioWindow.SampleRate / 1000;
        if (place - written > MaxSlip)
            written = (int)Math.Min(place, window.Length);
        return written + Convert(packet, window.Samples[written..]);
    }
}
