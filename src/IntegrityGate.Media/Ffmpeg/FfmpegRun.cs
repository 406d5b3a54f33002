namespace IntegrityGate.Media.Ffmpeg;

/// <summary>What one ffmpeg process is started with.</summary>
internal sealed record FfmpegRun
{
    /// <summary>Options before the input, container format excluded.</summary>
    public required string InputOptions { get; init; }

    /// <summary>Container that is piped in; null when <see cref="Input"/> names a file or URL.</summary>
    public string? PipedFormat { get; init; }

    /// <summary>A file or URL, checked to hold no quotation mark; null when the input is piped.</summary>
    public string? Input { get; init; }

    /// <summary>Options before the output.</summary>
    public required string OutputOptions { get; init; }

    /// <summary>Container that is piped out.</summary>
    public required string OutputFormat { get; init; }

    /// <summary>Folder that ffmpeg is started from; empty for the search path.</summary>
    public string Folder { get; init; } = "";

    /// <summary>
    /// Lines of complaint after which <see cref="FfmpegProcess.IsNoisy"/> asks for a fresh process; at four times as many it is ended.
    /// 20,000 lines of some 100 bytes are 2 MB, and FFMpegCore keeps every one of them until the process ends.
    /// </summary>
    public int ComplaintBudget { get; init; } = 20_000;
}
