using System.Buffers;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Flv;
using IntegrityGate.Media.Splicing;
using IntegrityGate.Media.Tests.H264;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.Media.Tests.Splicing;

/// <summary>
/// Feeds a clip through a splicer at the pace at which packets come out (never more than half a second of media ahead, as a live
/// stream that the encoder keeps up with) and writes what comes out to an FLV file.
/// </summary>
internal sealed class SpliceRun : IPacketSink
{
    private readonly ArrayBufferWriter<byte> _file = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource _progress = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastDts = long.MinValue;

    public List<SpliceStateChange> Changes { get; } = [];

    public List<(MediaKind Kind, long Dts, byte[] Payload)> Output { get; } = [];

    public string Path { get; } = TestMedia.NewPath(".flv");

    /// <summary>Media time, ms, that the input may be ahead of the output.</summary>
    public long Ahead { get; set; } = 500;

    /// <summary>Deadlines far beyond what a busy machine needs; tests of deadlines set their own.</summary>
    public SpliceOptions Options { get; init; } = new() { FlushTimeout = TimeSpan.FromSeconds(20) };

    /// <summary>Acts that are done before the first packet at or after a decoding time, in ms.</summary>
    public Dictionary<long, Func<Splicer, Task>> Acts { get; } = [];

    public static StampDirective Label(string text) => new(Tier.Confirmed, text, 0.05, LabelCorner.TopLeft);

    public SpliceRun Direct(long at, string? text)
    {
        Acts.Add(at, splicer =>
        {
            splicer.Direct(text is null ? null : Label(text));
            return Task.CompletedTask;
        });
        return this;
    }

    public async Task<SpliceRun> RunAsync(IReadOnlyList<MediaPacket> packets)
    {
        FlvWriter.WriteHeader(_file);
        await using (var splicer = new Splicer(new StreamId("test"), new PlatePainter(), Options, TimeProvider.System, NullLogger.Instance, this))
        {
            splicer.StateChanged += change =>
            {
                lock (_lock)
                    Changes.Add(change);
            };
            foreach (var packet in packets)
            {
                foreach (var act in Acts.Where(act => act.Key <= packet.Dts.Milliseconds).ToArray())
                {
                    Acts.Remove(act.Key);
                    await act.Value(splicer);
                }

                var dts = packet.Dts.Milliseconds;
                await splicer.WriteAsync(packet, TestContext.Current.CancellationToken);
                await WaitForAsync(dts - Ahead);
            }

            await splicer.CompleteAsync();
        }

        await File.WriteAllBytesAsync(Path, _file.WrittenMemory.ToArray(), TestContext.Current.CancellationToken);
        return this;
    }

    public void Write(MediaPacket packet)
    {
        lock (_lock)
        {
            FlvWriter.WriteTag(_file, packet);
            Output.Add((packet.Kind, packet.Dts.Milliseconds, packet.Payload.ToArray()));
            _lastDts = packet.Dts.Milliseconds;
            _progress.TrySetResult();
            _progress = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        packet.Release();
    }

    private async Task WaitForAsync(long dts)
    {
        while (true)
        {
            Task progress;
            lock (_lock)
            {
                if (_lastDts >= dts)
                    return;
                progress = _progress.Task;
            }

            await progress.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        }
    }
}
