using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Time;
using IntegrityGate.Media.Matroska;

namespace IntegrityGate.Media.Decoding;

/// <summary>
/// Reads raw RGB pictures with their times out of the Matroska stream that ffmpeg pipes (RFC 9559): the container, of those that
/// carry raw video, whose time stamps are milliseconds and whose reading takes a page. Matroska has no RGB of its own; ffmpeg puts it in as it is
/// when told to (<c>-allow_raw_vfw</c>).
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The buffer holds nothing but memory; the pipe beneath it is its owner's.")]
internal sealed class MatroskaPictures(Stream stream)
{
    private const long UnknownSize = -1;
    private const long MaxSkip = 1 << 20; // headers and tags of a stream that we had made; anything larger is damage

    private readonly BufferedStream _stream = new(stream, 64 * 1024);
    private readonly byte[] _small = new byte[8];
    private int _width;
    private int _height;
    private long _clusterTime;
    private long _scale = 1_000_000;

    /// <summary>Reads the next picture; the caller owns it.</summary>
    /// <returns>The picture, or null at the end.</returns>
    /// <exception cref="IOException">The stream is damaged.</exception>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The frame is the return value.")]
    public async ValueTask<VideoFrame?> NextAsync(CancellationToken ct)
    {
        while (await ReadIdAsync(ct).ConfigureAwait(false) is { } id)
        {
            var size = await ReadVariableAsync(keepMarker: false, ct).ConfigureAwait(false);
            switch (id)
            {
                case ElementId.Segment or ElementId.Info or ElementId.Tracks or ElementId.TrackEntry or ElementId.Video or ElementId.Cluster or ElementId.BlockGroup:
                    continue; // their children follow
                case ElementId.PixelWidth:
                    _width = (int)Math.Min(await ReadNumberAsync(size, ct).ConfigureAwait(false), ushort.MaxValue);
                    continue;
                case ElementId.PixelHeight:
                    _height = (int)Math.Min(await ReadNumberAsync(size, ct).ConfigureAwait(false), ushort.MaxValue);
                    continue;
                case ElementId.TimestampScale:
                    _scale = await ReadNumberAsync(size, ct).ConfigureAwait(false);
                    continue;
                case ElementId.Timestamp:
                    _clusterTime = await ReadNumberAsync(size, ct).ConfigureAwait(false);
                    continue;
                case ElementId.SimpleBlock or ElementId.Block: // track number, time in the cluster, flags, then the picture
                    await _stream.ReadExactlyAsync(_small.AsMemory(0, 4), ct).ConfigureAwait(false);
                    if (_width == 0 || _height == 0 || size - 4 != (long)_width * _height * 3)
                        throw new IOException($"A picture of {_width}x{_height} takes {size - 4} bytes.");
                    var time = _clusterTime + BinaryPrimitives.ReadInt16BigEndian(_small.AsSpan(1));
                    var frame = new VideoFrame(new MediaTime(time * _scale / 1_000_000), _width, _height);
                    try
                    {
                        await _stream.ReadExactlyAsync(frame.PixelMemory, ct).ConfigureAwait(false);
                        return frame;
                    }
                    catch
                    {
                        frame.Dispose();
                        throw;
                    }

                default:
                    await SkipAsync(size, ct).ConfigureAwait(false);
                    continue;
            }
        }

        return null;
    }

    private async ValueTask<long?> ReadIdAsync(CancellationToken ct)
    {
        if (await _stream.ReadAsync(_small.AsMemory(0, 1), ct).ConfigureAwait(false) == 0)
            return null;
        return await FinishVariableAsync(keepMarker: true, ct).ConfigureAwait(false);
    }

    private async ValueTask<long> ReadVariableAsync(bool keepMarker, CancellationToken ct)
    {
        await _stream.ReadExactlyAsync(_small.AsMemory(0, 1), ct).ConfigureAwait(false);
        return await FinishVariableAsync(keepMarker, ct).ConfigureAwait(false);
    }

    private async ValueTask<long> FinishVariableAsync(bool keepMarker, CancellationToken ct)
    {
        var first = _small[0];
        if (first == 0)
            throw new IOException("An element's length is longer than eight bytes.");
        var length = System.Numerics.BitOperations.LeadingZeroCount((uint)first) - 23;
        await _stream.ReadExactlyAsync(_small.AsMemory(1, length - 1), ct).ConfigureAwait(false);
        long value = keepMarker ? first : first & ((1 << (8 - length)) - 1);
        var isUnknown = (first | ~((1 << (8 - length)) - 1)) == -1;
        for (var i = 1; i < length; i++)
        {
            isUnknown &= _small[i] == 0xFF;
            value = (value << 8) | _small[i];
        }

        return isUnknown && !keepMarker ? UnknownSize : value;
    }

    private async ValueTask<long> ReadNumberAsync(long size, CancellationToken ct)
    {
        if (size is < 1 or > 8)
            throw new IOException($"A number of {size} bytes.");
        await _stream.ReadExactlyAsync(_small.AsMemory(0, (int)size), ct).ConfigureAwait(false);
        long value = 0;
        for (var i = 0; i < size; i++)
            value = (value << 8) | _small[i];
        return value;
    }

    private async ValueTask SkipAsync(long size, CancellationToken ct)
    {
        if (size is < 0 or > MaxSkip)
            throw new IOException($"An element of {size} bytes.");
        var waste = new byte[(int)size];
        await _stream.ReadExactlyAsync(waste, ct).ConfigureAwait(false);
    }
}
