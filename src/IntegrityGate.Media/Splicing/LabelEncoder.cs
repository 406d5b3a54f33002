using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Threading.Channels;
using IntegrityGate.Core.Labels;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Ffmpeg;

namespace IntegrityGate.Media.Splicing;

/// <summary>
/// One ffmpeg process that decodes a segment, lays the label over it and encodes it again. It is started ahead of its first packet and
/// lives for one segment, so that no state crosses a switch. What comes out, and the end, is told to the splicer's loop.
/// </summary>
internal sealed class LabelEncoder : IAsyncDisposable
{
    /// <summary>Time given to the first packet on the encoder's clock, ms: above 0, so that a composition offset may be negative.</summary>
    private const long Lead = 1000;

    /// <summary>Packets that may wait for the process: beyond the lag limit of any stream up to 1,000 pictures a second.</summary>
    private const int FeedLength = 4096;

    private readonly ILabelPainter _painter;
    private readonly SpliceOptions _options;
    private readonly ChannelWriter<SpliceMessage> _inbox;
    private readonly Channel<MediaPacket> _feed = Channel.CreateBounded<MediaPacket>(new BoundedChannelOptions(FeedLength) { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _kill = new();
    private readonly Task _running;
    private FfmpegProcess? _process;
    private long _zero;
    private bool _isZeroSet;
    private volatile bool _isEnding;

    /// <summary>Starts the encoder; returns at once.</summary>
    public LabelEncoder(EncoderSetup setup, ILabelPainter painter, SpliceOptions options, ChannelWriter<SpliceMessage> inbox)
    {
        Setup = setup;
        _painter = painter;
        _options = options;
        _inbox = inbox;
        if (setup.Resume is { } resume)
        {
            _zero = resume.FirstDts - Lead;
            _isZeroSet = true;
        }

        _running = Task.Run(RunAsync);
    }

    /// <summary>What it was started for.</summary>
    public EncoderSetup Setup { get; }

    /// <summary>The segment that it works for; null before and after. Touched by the splicer's loop only.</summary>
    public Segment? Segment { get; set; }

    /// <summary>True when the process has complained so often that it should be renewed.</summary>
    public bool IsNoisy => _process?.IsNoisy == true;

    /// <summary>Gives it a packet, with a hold of its own.</summary>
    /// <returns>False when too many wait. An encoder that is ending takes packets and loses them; why it ends is told to the loop.</returns>
    public bool TryFeed(MediaPacket packet)
    {
        if (!_isZeroSet)
        {
            _zero = packet.Dts.Milliseconds - Lead;
            _isZeroSet = true;
        }

        packet.Retain();
        if (_feed.Writer.TryWrite(packet))
            return true;
        packet.Release();
        return _isEnding;
    }

    /// <summary>No more packets come; the process gives its last pictures and ends.</summary>
    public void CloseInput() => _feed.Writer.TryComplete();

    /// <summary>Ends the process at once.</summary>
    public void Kill()
    {
        _isEnding = true;
        _feed.Writer.TryComplete();
        _kill.Cancel();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Kill();
        await _running.ConfigureAwait(false);
        _kill.Dispose();
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A painter's or process's failure must reach the loop as a reason.")]
    private async Task RunAsync()
    {
        string? reason = null;
        DirectoryInfo? folder = null;
        try
        {
            var label = _painter.Paint(Setup.Directive, Setup.Video.Width, Setup.Video.Height);
            folder = ProcessFolder.CreateSubfolder("label-");
            var path = Path.Combine(folder.FullName, "label.png");
            await File.WriteAllBytesAsync(path, label.Png, _kill.Token).ConfigureAwait(false);
            reason = await EncodeAsync(label, path).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            reason = _kill.IsCancellationRequested ? "ended on purpose" : error.Message;
        }

        _isEnding = true;
        _feed.Writer.TryComplete();
        while (_feed.Reader.TryRead(out var left))
            left.Release();
        folder?.Delete(recursive: true);
        await PostAsync(new SpliceMessage(SpliceMessageKind.EncoderEnded, Subject: this, Reason: reason)).ConfigureAwait(false);
    }

    private async Task<string?> EncodeAsync(LabelImage label, string labelPath)
    {
        await using var process = FfmpegProcess.Start(new FfmpegRun
        {
            InputOptions = EncoderArguments.Input,
            PipedFormat = Setup.Codec.Container,
            OutputOptions = EncoderArguments.Output(Setup, label, labelPath, _options, _zero),
            OutputFormat = Setup.Codec.Container,
            Folder = _options.FfmpegFolder,
        });
        _process = process;
        await using var killing = _kill.Token.Register(process.Kill).ConfigureAwait(false);
        var feeding = FeedAsync(process.Input!);
        string? damage = null;
        try
        {
            damage = await ReadAsync(await process.Output.Opened.ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The process went away; its exit code tells.
        }

        if (damage is not null)
            process.Kill();
        var code = await process.Exit.ConfigureAwait(false);
        _isEnding = true;
        _feed.Writer.TryComplete();
        await feeding.ConfigureAwait(false);
        return damage ?? (code == 0 ? null : $"the encoder ended with code {code}: {process.Complaints}");
    }

    private async Task FeedAsync(LentPipe pipe)
    {
        var bytes = new ArrayBufferWriter<byte>(256 * 1024);
        var isFirst = true;
        try
        {
            var stream = await pipe.Opened.ConfigureAwait(false);
            Setup.Codec.WriteStart(bytes, Setup.Video, Setup.ReorderFrames, EncoderArguments.Rate(Setup));
            await stream.WriteAsync(bytes.WrittenMemory, _kill.Token).ConfigureAwait(false);
            while (await _feed.Reader.WaitToReadAsync(_kill.Token).ConfigureAwait(false))
            {
                while (_feed.Reader.TryRead(out var packet))
                {
                    bytes.ResetWrittenCount();
                    Write(bytes, packet, isFirst);
                    isFirst = false;
                    packet.Release();
                    await stream.WriteAsync(bytes.WrittenMemory, _kill.Token).ConfigureAwait(false);
                }
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The process went away; its exit code tells.
        }

        pipe.Close();
    }

    private void Write(ArrayBufferWriter<byte> bytes, MediaPacket packet, bool isFirst)
    {
        var unit = packet.Payload.Span[packet.Traits.HeaderLength..];
        var at = packet.Dts.Milliseconds - _zero;
        if (isFirst)
            Setup.Codec.WriteFirst(bytes, at, packet.Traits.CompositionOffsetMs, Setup.Video, Setup.ReorderFrames, unit);
        else
            Setup.Codec.WriteNext(bytes, at, packet.Traits.CompositionOffsetMs, Setup.Video, unit);
    }

    private async Task<string?> ReadAsync(Stream stream)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        var encoded = Setup.Codec.CreateReader();
        while (true)
        {
            var read = await reader.ReadAsync(_kill.Token).ConfigureAwait(false);
            var buffer = read.Buffer;
            while (encoded.TryRead(ref buffer, out var packet))
                await TakeAsync(packet!).ConfigureAwait(false);
            reader.AdvanceTo(buffer.Start, buffer.End);
            if (encoded.Error is { } error)
                return $"the encoder's output is damaged: {error}";
            if (read.IsCompleted)
                return null;
        }
    }

    private ValueTask TakeAsync(MediaPacket packet)
    {
        if (packet.Kind != MediaKind.Video || packet.Payload.Length <= packet.Traits.HeaderLength)
        {
            packet.Release();
            return ValueTask.CompletedTask;
        }

        return packet.IsSequenceHeader
            ? PostAsync(new SpliceMessage(SpliceMessageKind.EncoderHeader, packet, this))
            : PostAsync(new SpliceMessage(SpliceMessageKind.EncoderFrame, packet, this, packet.Pts.Milliseconds + _zero));
    }

    private async ValueTask PostAsync(SpliceMessage message)
    {
        try
        {
            await _inbox.WriteAsync(message).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            message.Packet?.Release(); // the splicer has gone
        }
    }
}
