using System.IO.Pipelines;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Decoding;
using IntegrityGate.Media.Ffmpeg;
using IntegrityGate.Media.Flv;

namespace IntegrityGate.Media.Rates;

/// <summary>Publishes pictures and clips through H.264 at a rate, so that a detector sees what a stream's viewers would.</summary>
/// <param name="ffmpegFolder">Folder of the ffmpeg program; empty for the search path.</param>
public sealed class RateEncoder(string ffmpegFolder = "")
{
    /// <summary>Encodes a still picture as one IDR.</summary>
    /// <param name="picture">The picture's file.</param>
    /// <param name="rate">Size and rate; a smaller picture keeps its size.</param>
    /// <param name="ct">Ends the process.</param>
    /// <returns>The packets; the caller owns them.</returns>
    /// <exception cref="MediaUnreadableException">It cannot be read or encoded.</exception>
    public async Task<EncodedPicture> EncodePictureAsync(string picture, StreamRate rate, CancellationToken ct)
    {
        var packets = new List<MediaPacket>();
        try
        {
            // image2 takes a name with a percent sign for a pattern unless it is told not to.
            await RunAsync(picture, " -f image2 -pattern_type none", RateArguments.Picture(rate), stream => ReadAsync(stream, packets, ct), ct).ConfigureAwait(false);
            var header = packets.Find(packet => packet.IsSequenceHeader)?.Retain() ?? throw new MediaUnreadableException("The encoder gave no sequence header.");
            if (packets.Find(packet => packet.IsKeyFrame)?.Retain() is { } key)
                return new EncodedPicture(header, key);
            header.Release();
            throw new MediaUnreadableException("The encoder gave no picture.");
        }
        finally
        {
            packets.ForEach(packet => packet.Release());
        }
    }

    /// <summary>Encodes a clip into an FLV file, an IDR in two seconds, without sound.</summary>
    /// <param name="clip">The clip's file.</param>
    /// <param name="rate">Size and rate; a smaller picture keeps its size.</param>
    /// <param name="output">File to write; replaced when it is there.</param>
    /// <param name="ct">Ends the process.</param>
    /// <exception cref="MediaUnreadableException">It cannot be read or encoded.</exception>
    public async Task EncodeClipAsync(string clip, StreamRate rate, string output, CancellationToken ct)
    {
        await using var file = File.Create(output);
        await RunAsync(clip, "", RateArguments.Clip(rate), stream => stream.CopyToAsync(file, ct), ct).ConfigureAwait(false);
    }

    private async Task RunAsync(string input, string inputOptions, string outputOptions, Func<Stream, Task> read, CancellationToken ct)
    {
        var media = MediaInput.Read(input);
        await using var process = FfmpegProcess.Start(new FfmpegRun
        {
            InputOptions = $"-hide_banner -nostdin -nostats -v error -protocol_whitelist {media.Protocols},unix -threads 1{inputOptions}",
            Input = media.Name,
            OutputOptions = outputOptions,
            OutputFormat = "flv",
            Folder = ffmpegFolder,
        });
        try
        {
            await read(await process.Output.Opened.WaitAsync(ct).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (Exception error) when ((error is IOException or OperationCanceledException or ObjectDisposedException) && !ct.IsCancellationRequested)
        {
            process.Kill();
            await process.Exit.WaitAsync(ct).ConfigureAwait(false);
            throw new MediaUnreadableException(process.Complaints.Length > 0 ? media.Redact(process.Complaints) : error.Message, error);
        }

        if (await process.Exit.WaitAsync(ct).ConfigureAwait(false) is var code and not 0)
            throw new MediaUnreadableException($"ffmpeg ended with code {code}: {media.Redact(process.Complaints)}");
    }

    private static async Task ReadAsync(Stream stream, List<MediaPacket> packets, CancellationToken ct)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        var tags = new FlvReader(PacketPool.Shared);
        while (true)
        {
            var read = await reader.ReadAsync(ct).ConfigureAwait(false);
            var buffer = read.Buffer;
            FlvReadStatus status;
            while ((status = tags.Read(ref buffer, out var packet)) == FlvReadStatus.Ok)
                packets.Add(packet!);
            reader.AdvanceTo(buffer.Start, buffer.End);
            if (status == FlvReadStatus.Malformed)
                throw new IOException($"The encoder's output is damaged: {tags.Error}");
            if (read.IsCompleted)
                return;
        }
    }
}
