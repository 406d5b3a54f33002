using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Time;
using IntegrityGate.Media.Codecs;
using IntegrityGate.Media.Ffmpeg;

namespace IntegrityGate.Media.Decoding;

/// <summary>
/// One long-lived ffmpeg process that decodes key frames of any stream of one codec, one after the other, at any size. The options that make it
/// answer at once, each found by measurement: a probe size of one packet; one decoder thread and one encoder thread (each frame
/// thread holds a picture back); sequence parameter sets that announce no reordering; passthrough of time stamps.
/// </summary>
internal sealed class DecodeWorker : IAsyncDisposable
{
    /// <summary>Distance between pictures on the worker's clock, ms; any value above 0 serves.</summary>
    private const long Step = 40;

    private readonly VideoCodec _codec;
    private readonly FfmpegProcess _process;
    private readonly DecodePoolOptions _options;
    private readonly TimeProvider _time;
    private readonly ArrayBufferWriter<byte> _bytes = new(64 * 1024);
    private PictureReader _reader = null!;
    private Stream _input = null!;
    private long _clock;

    private DecodeWorker(VideoCodec codec, FfmpegProcess process, DecodePoolOptions options, TimeProvider time)
    {
        _codec = codec;
        _process = process;
        _options = options;
        _time = time;
    }

    /// <summary>Pictures given so far.</summary>
    public int Pictures { get; private set; }

    /// <summary>True when the worker should be renewed.</summary>
    public bool IsWornOut => Pictures >= _options.PicturesPerWorker || _process.IsNoisy || _process.Exit.IsCompleted;

    /// <summary>The last lines of complaint.</summary>
    public string Complaints => _process.Complaints;

    /// <summary>Starts a worker and waits for its first picture.</summary>
    /// <exception cref="IOException">It did not start, or showed a wrong picture.</exception>
    /// <exception cref="OperationCanceledException">It did not start in time.</exception>
    public static async Task<DecodeWorker> StartAsync(VideoCodec codec, DecodePoolOptions options, string folder, TimeProvider time, CancellationToken ct)
    {
        var process = FfmpegProcess.Start(new FfmpegRun
        {
            InputOptions = "-hide_banner -nostdin -nostats -v error -protocol_whitelist unix,pipe -probesize 32 -analyzeduration 0 -threads 1",
            PipedFormat = codec.Container,
            OutputOptions = "-map 0:v:0 -autoscale 0 -fps_mode passthrough -filter_threads 1 -threads 1 -c:v rawvideo -pix_fmt rgb24 -flush_packets 1",
            OutputFormat = "mpjpeg",
            Folder = folder,
        });
        var worker = new DecodeWorker(codec, process, options, time);
        try
        {
            using var deadline = new CancellationTokenSource(options.StartTimeout, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
            worker._input = await process.Input!.Opened.WaitAsync(both.Token).ConfigureAwait(false);
            codec.WriteStart(worker._bytes);
            codec.WriteProbe(worker._bytes, worker.Tick());
            await worker.SendAsync(both.Token).ConfigureAwait(false);
            worker._reader = new PictureReader(await process.Output.Opened.WaitAsync(both.Token).ConfigureAwait(false));
            await worker.TakeProbeAsync(both.Token).ConfigureAwait(false);
            return worker;
        }
        catch
        {
            await worker.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Decodes a key frame.</summary>
    /// <param name="input">The key frame.</param>
    /// <param name="pts">Its presentation time.</param>
    /// <param name="isSuspect">True to send the probe along at once.</param>
    /// <param name="ct">Ends the wait; the worker is lost then.</param>
    /// <returns>The picture, or null when the bits gave none and the worker is well.</returns>
    /// <exception cref="IOException">The worker died or lied.</exception>
    /// <exception cref="OperationCanceledException">The worker hangs.</exception>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The frame is the return value.")]
    public async Task<VideoFrame?> DecodeAsync(DecoderInput input, MediaTime pts, bool isSuspect, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(_options.RequestTimeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        var probesDue = 0;
        if (!input.IsEntry)
        {
            // A recovery point after another stream's picture would look for references there; an IDR between empties them.
            _codec.WriteProbe(_bytes, Tick());
            probesDue++;
        }

        input.Write(_bytes, Tick());
        if (isSuspect)
            _codec.WriteProbe(_bytes, Tick());
        await SendAsync(both.Token).ConfigureAwait(false);
        while (probesDue-- > 0)
            await TakeProbeAsync(both.Token).ConfigureAwait(false);

        var length = _reader.NextLengthAsync(both.Token).AsTask();
        var isProbed = isSuspect;
        if (!isProbed && await Task.WhenAny(length, Task.Delay(_options.ProbeAfter, _time, both.Token)).ConfigureAwait(false) != length)
        {
            _codec.WriteProbe(_bytes, Tick());
            await SendAsync(both.Token).ConfigureAwait(false);
            isProbed = true;
        }

        var bytes = await length.ConfigureAwait(false);
        Pictures++;
        if (isProbed && bytes == ProbeBytes && (input.Video.Width, input.Video.Height) != (_codec.ProbeSide, _codec.ProbeSide))
        {
            (await ReadProbeAsync(both.Token).ConfigureAwait(false)).Dispose();
            return null;
        }

        if (bytes != input.Video.Width * input.Video.Height * 3)
            throw new IOException($"The decoder gave {bytes} bytes for a picture of {input.Video.Width}x{input.Video.Height}.");
        var frame = await _reader.ReadFrameAsync(pts, input.Video.Width, input.Video.Height, both.Token).ConfigureAwait(false);
        if (isProbed)
        {
            try
            {
                await TakeProbeAsync(both.Token).ConfigureAwait(false);
            }
            catch
            {
                frame.Dispose();
                throw;
            }
        }

        return frame;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private int ProbeBytes => _codec.ProbeSide * _codec.ProbeSide * 3;

    private async Task TakeProbeAsync(CancellationToken ct)
    {
        if (await _reader.NextLengthAsync(ct).ConfigureAwait(false) is var bytes && bytes != ProbeBytes)
            throw new IOException($"The decoder gave {bytes} bytes for the probe picture.");
        (await ReadProbeAsync(ct).ConfigureAwait(false)).Dispose();
    }

    private ValueTask<VideoFrame> ReadProbeAsync(CancellationToken ct) =>
        _reader.ReadFrameAsync(MediaTime.Zero, _codec.ProbeSide, _codec.ProbeSide, ct);

    private async Task SendAsync(CancellationToken ct)
    {
        await _input.WriteAsync(_bytes.WrittenMemory, ct).ConfigureAwait(false);
        await _input.FlushAsync(ct).ConfigureAwait(false);
        _bytes.ResetWrittenCount();
    }

    private long Tick() => _clock += Step;
}
