using System.Buffers.Text;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Media.Decoding;

/// <summary>
/// Reads raw pictures out of ffmpeg's multipart stream: every part tells its length, so that a picture of a wrong size is noticed,
/// which a bare run of raw video would hide. (The muxer is named after JPEG and takes any codec.)
/// </summary>
internal sealed class PictureReader(Stream stream)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>Reads the length of the next part.</summary>
    /// <exception cref="IOException">The stream ended or is not multipart.</exception>
    public async ValueTask<int> NextLengthAsync(CancellationToken ct)
    {
        while (true)
        {
            var window = _buffer.AsMemory(_start, _end - _start);
            var end = window.Span.IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                var head = window.Span[..end];
                var at = head.IndexOf("Content-length: "u8);
                if (at >= 0)
                {
                    if (!Utf8Parser.TryParse(head[(at + 16)..], out int length, out _) || length < 0)
                        throw new IOException("A picture's length cannot be read.");
                    _start += end + 4;
                    return length;
                }
            }

            if (_end - _start > 1024)
                throw new IOException("A picture's header is longer than 1,024 bytes.");
            await FillAsync(ct).ConfigureAwait(false);
        }
    }

    /// <summary>Reads a part's bytes into a fresh frame; the caller owns it.</summary>
    public async ValueTask<VideoFrame> ReadFrameAsync(MediaTime pts, int width, int height, CancellationToken ct)
    {
        var frame = new VideoFrame(pts, width, height);
        try
        {
            var rest = frame.PixelMemory;
            var buffered = Math.Min(rest.Length, _end - _start);
            _buffer.AsMemory(_start, buffered).CopyTo(rest);
            _start += buffered;
            if (rest.Length > buffered)
                await stream.ReadExactlyAsync(rest[buffered..], ct).ConfigureAwait(false);
            return frame;
        }
        catch
        {
            frame.Dispose();
            throw;
        }
    }

    private async ValueTask FillAsync(CancellationToken ct)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_end), ct).ConfigureAwait(false);
        if (read == 0)
            throw new EndOfStreamException("The decoder closed its output.");
        _end += read;
    }
}
