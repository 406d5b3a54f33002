using IntegrityGate.LoadHarness.Machine;

namespace IntegrityGate.LoadHarness.Peers;

/// <summary>
/// An ffmpeg process a stream between an nginx-rtmp, where publishers send to, and the sink. Only the ffmpeg processes are counted.
/// </summary>
/// <param name="name">Name in tables.</param>
/// <param name="origin">The server in between.</param>
/// <param name="sinkPort">Where it sends to.</param>
/// <param name="coding">ffmpeg's arguments between input and output.</param>
internal sealed class FfmpegRelay(string name, NginxRelay origin, int sinkPort, IReadOnlyList<string> coding) : IRelay
{
    private readonly List<ToolProcess> _processes = [];

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Target => origin.Target;

    /// <summary>Copies the packets.</summary>
    public static IReadOnlyList<string> Copy { get; } = ["-c", "copy"];

    /// <summary>Copies the packets, and decodes all pictures besides, for nobody.</summary>
    public static IReadOnlyList<string> CopyAndDecode { get; } = ["-an", "-f", "null", "-", "-map", "0:v", "-map", "0:a", "-c", "copy"];

    /// <summary>
    /// What a platform does that labels everything: the label drawn on each frame of 1080p30 and all of it encoded again at 6 Mbps, with the preset
    /// that the gate stamps with.
    /// </summary>
    public static IReadOnlyList<string> LabelEverything { get; } =
    [
        "-vf", "drawtext=text=AI生成:font=Noto Sans CJK SC:fontsize=65:fontcolor=white:box=1:boxcolor=black@0.6:boxborderw=12:x=w-tw-40:y=40",
        "-c:v", "libx264", "-preset", "veryfast", "-b:v", "6M", "-maxrate", "6M", "-bufsize", "6M", "-g", "60", "-keyint_min", "60",
        "-sc_threshold", "0", "-c:a", "copy",
    ];

    /// <inheritdoc/>
    public Task AttachAsync(IReadOnlyList<string> streams, CancellationToken ct)
    {
        foreach (var stream in streams)
        {
            _processes.Add(ToolProcess.Start(
                "ffmpeg",
                [
                    "-v", "error", "-nostats", "-i", $"{origin.Target}/{stream}", "-map", "0:v", "-map", "0:a", .. coding,
                    "-f", "flv", "-flvflags", "no_duration_filesize", $"rtmp://127.0.0.1:{sinkPort}/live/{stream}",
                ]));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task DetachAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
        _processes.Clear();
    }

    /// <inheritdoc/>
    public string Said => string.Concat(_processes.Select(process => process.Said));

    /// <inheritdoc/>
    public double CpuSeconds() => _processes.Sum(process => ProcessTree.CpuSeconds(process.Pid));

    /// <inheritdoc/>
    public Task<RelayCounters> ReadCountersAsync(CancellationToken ct) => Task.FromResult(RelayCounters.None);

    /// <inheritdoc/>
    public long PrivateBytes() => _processes.Sum(process => ProcessTree.PrivateBytes(process.Pid));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await DetachAsync();
}
