using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Threading.Channels;
using IntegrityGate.Core.Labels;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Ffmpeg;
using IntegrityGate.Media.Flv;
using IntegrityGate.Media.H264;

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
            var label = _painter.Paint(Setup.Directive, Setup.Sets.Sequence.Width, Setup.Sets.Sequence.Height);
            folder = Directory.CreateTempSubdirectory("integritygate-");
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
            PipedFormat = "flv",
            OutputOptions = EncoderArguments.Output(Setup, label, labelPath, _options, _zero),
            OutputFormat = "flv",
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
        try
        {
            var stream = await pipe.Opened.ConfigureAwait(false);
            AvcTag.WriteFileHeader(bytes);
            AvcTag.WriteSequenceHeader(bytes, 0, Configuration());
            await stream.WriteAsync(bytes.WrittenMemory, _kill.Token).ConfigureAwait(false);
            while (await _feed.Reader.WaitToReadAsync(_kill.Token).ConfigureAwait(false))
            {
                while (_feed.Reader.TryRead(out var packet))
                {
                    bytes.ResetWrittenCount();
                    WriteTag(bytes, packet);
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

    private byte[] Configuration()
    {
        var rewritten = UsabilityRewriter.Rewrite(Setup.Sets.SequenceBytes.Span, Setup.ReorderFrames);
        return new AvcDecoderConfigurationRecord(Setup.LengthSize, [rewritten ?? Setup.Sets.SequenceBytes], Setup.Sets.Pictures).Write();
    }

    private void WriteTag(ArrayBufferWriter<byte> bytes, MediaPacket packet)
    {
        var body = packet.Payload.Span[packet.Traits.HeaderLength..];
        var unit = AccessUnit.Read(body, Setup.LengthSize);
        var at = packet.Dts.Milliseconds - _zero;
        var offset = packet.Traits.CompositionOffsetMs;
        if (!unit.HasParameterSets && !(unit.HasSei && !unit.IsIdr))
        {
            AvcTag.WriteAccessUnit(bytes, at, unit.IsIdr, offset, body);
            return;
        }

        // In-band parameter sets would undo the rewritten one. A recovery point would make ffmpeg force a key frame where the source has no IDR.
        var kept = new ArrayBufferWriter<byte>(body.Length);
        var reader = new AvccReader(body, Setup.LengthSize);
        while (reader.Next())
        {
            var nal = reader.Current;
            var isSet = nal.Type is NalUnitType.SequenceParameterSet or NalUnitType.PictureParameterSet;
            if (!isSet && !(nal.Type == NalUnitType.Sei && !unit.IsIdr && SeiMessage.Holds(nal, SeiMessage.RecoveryPoint)))
                AvccWriter.Write(kept, nal.Bytes, Setup.LengthSize);
        }

        AvcTag.WriteAccessUnit(bytes, at, unit.IsIdr, offset, kept.WrittenSpan);
    }

    private async Task<string?> ReadAsync(Stream stream)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        var tags = new FlvReader(PacketPool.Shared);
        while (true)
        {
            var read = await reader.ReadAsync(_kill.Token).ConfigureAwait(false);
            var buffer = read.Buffer;
            FlvReadStatus status;
            while ((status = tags.Read(ref buffer, out var packet)) == FlvReadStatus.Ok)
                await TakeAsync(packet!).ConfigureAwait(false);
            reader.AdvanceTo(buffer.Start, buffer.End);
            if (status == FlvReadStatus.Malformed)
                return $"the encoder's output is damaged: {tags.Error}";
            if (read.IsCompleted)
                return null;
        }
    }

    private ValueTask TakeAsync(MediaPacket packet)
    {
        if (packet.Kind != MediaKind.Video || packet.Payload.Length <= AvcTag.HeaderLength)
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
