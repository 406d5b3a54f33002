using System.Globalization;
using System.Text.RegularExpressions;
using Grpc.Net.Client;
using IntegrityGate.Reporting.V1;
using Wire = IntegrityGate.Reporting.V1;

namespace IntegrityGate.EndToEnd.Tests.Support;

/// <summary>The real program in a process of its own, on ports that it chooses.</summary>
internal sealed partial class GateProcess : IAsyncDisposable
{
    private readonly Tool _tool;
    private readonly bool _ownsFolder;

    private GateProcess(Tool tool, TempFolder folder, bool ownsFolder)
    {
        _tool = tool;
        Folder = folder;
        _ownsFolder = ownsFolder;
    }

    public TempFolder Folder { get; }

    public int RtmpPort { get; private set; }

    public string Rtmp => $"rtmp://127.0.0.1:{RtmpPort}/live";

    /// <summary>The TLS port; 0 when there is none.</summary>
    public int RtmpsPort { get; private set; }

    public HttpClient Http { get; private set; } = null!;

    public GrpcChannel Grpc { get; private set; } = null!;

    public int Pid => _tool.Process.Id;

    public string Log => _tool.Output + _tool.Errors;

    public System.Diagnostics.Process Process => _tool.Process;

    /// <summary>Starts the gate and waits until it says where it listens.</summary>
    /// <param name="settings">Lines of a YAML file, or nothing.</param>
    /// <param name="folder">Data folder of an earlier gate, to start on its journal.</param>
    /// <param name="rtmpPort">The RTMP port; 0 takes a free one.</param>
    /// <param name="temporary">Folder for temporary files; that of the tests unless given.</param>
    public static async Task<GateProcess> StartAsync(string settings = "", TempFolder? folder = null, int rtmpPort = 0, string? temporary = null)
    {
        var data = folder ?? new TempFolder();
        var gate = new GateProcess(Launch(settings, data, rtmpPort, temporary), data, folder is null);
        try
        {
            await gate.AwaitReadyAsync();
        }
        catch
        {
            await gate.DisposeAsync();
            throw;
        }

        return gate;
    }

    /// <summary>Starts the program without waiting for anything.</summary>
    public static Tool Launch(string settings, TempFolder data, int rtmpPort = 0, string? temporary = null)
    {
        var config = data.In("settings.yaml");
        File.WriteAllText(config, settings);
        return Tool.Start("dotnet", [Program, "serve", "--config", config, "--rtmp-port", rtmpPort.ToString(CultureInfo.InvariantCulture), "--http-port", "0", "--grpc-port", "0"], data.Path, new Dictionary<string, string>
        {
            ["INTEGRITYGATE__INSPECTION__MODELS"] = settings.Contains("models:", StringComparison.Ordinal) ? "" : Path.Combine(Repository.Root, "models"),
            ["DOTNET_gcServer"] = "0",
            ["TMPDIR"] = temporary ?? "",
        }.Where(v => v.Value.Length > 0).ToDictionary());
    }

    /// <summary>The program's assembly, built beside the tests.</summary>
    public static string Program => Path.Combine(AppContext.BaseDirectory, "integritygate.dll");

    /// <summary>Tells the gate to go, as a service manager does; returns at once.</summary>
    public async Task TerminateAsync() => await Tool.RunAsync("kill", "-TERM", Pid.ToString(CultureInfo.InvariantCulture));

    /// <summary>The streams that it has now.</summary>
    public async Task<IReadOnlyList<Wire.Stream>> StreamsAsync() =>
        [.. (await new Wire.Streams.StreamsClient(Grpc).ListAsync(new ListStreamsRequest())).Streams];

    /// <summary>Waits for a stream that has come so far.</summary>
    /// <param name="what">What is awaited, for the failure.</param>
    /// <param name="reached">True when it has.</param>
    /// <param name="seconds">How long to wait.</param>
    /// <param name="publisher">Who publishes it: its errors go into the failure.</param>
    public Task<Wire.Stream> StreamAsync(string what, Func<Wire.Stream, bool> reached, int seconds = 60, Tool? publisher = null) =>
        Eventually.GetAsync(what, async () => (await StreamsAsync()).FirstOrDefault(reached), seconds, () => Log + publisher?.Errors);

    /// <summary>Waits for any stream.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> LiveStreamAsync() => (await StreamAsync("a live stream", _ => true)).Id;

    /// <summary>Waits for the end, and fails the test when it does not come.</summary>
    public async Task<int> ExitCodeAsync()
    {
        await Eventually.TrueAsync("the gate to end", () => Process.HasExited, seconds: 90, details: () => Log);
        return Process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Grpc?.Dispose();
        Http?.Dispose();
        await _tool.DisposeAsync();
        if (_ownsFolder)
            Folder.Dispose();
    }

    private async Task AwaitReadyAsync()
    {
        await Eventually.TrueAsync(
            "the gate to be ready",
            () => _tool.Process.HasExited ? throw new InvalidOperationException($"The gate ended with {_tool.Process.ExitCode}:\n{Log}") : Ready().IsMatch(Log),
            seconds: 60,
            details: () => Log);
        RtmpPort = int.Parse(RtmpLine().Match(Log).Groups[1].Value, CultureInfo.InvariantCulture);
        RtmpsPort = TlsLine().Match(Log) is { Success: true } tls ? int.Parse(tls.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        Http = new HttpClient { BaseAddress = new Uri(PageLine().Match(Log).Groups[1].Value) };
        Grpc = GrpcChannel.ForAddress("http://" + FeedLine().Match(Log).Groups[1].Value);
    }

    [GeneratedRegex(@"^\s*publish\s+rtmp://[^/\s]+:(\d+)/", RegexOptions.Multiline)]
    private static partial Regex RtmpLine();

    [GeneratedRegex(@"^\s*tls\s+rtmps://[^/\s]+:(\d+)/", RegexOptions.Multiline)]
    private static partial Regex TlsLine();

    [GeneratedRegex(@"^\s*page\s+(http://\S+)", RegexOptions.Multiline)]
    private static partial Regex PageLine();

    [GeneratedRegex(@"^\s*feed\s+(\S+)", RegexOptions.Multiline)]
    private static partial Regex FeedLine();

    [GeneratedRegex(@"^\s*ready\b", RegexOptions.Multiline)]
    private static partial Regex Ready();
}
