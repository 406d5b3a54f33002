using System.Globalization;
using IntegrityGate.LoadHarness.Clips;
using IntegrityGate.LoadHarness.Peers;
using IntegrityGate.LoadHarness.Reports;

namespace IntegrityGate.LoadHarness.Experiments;

/// <summary>Players of one stream that a core serves, over HTTP-FLV and over RTMP, beside nginx-rtmp over RTMP (its Debian module has no HTTP-FLV).</summary>
internal sealed class FanoutExperiment(Workbench bench) : IExperiment
{
    private const string Http = "gate, HTTP-FLV";
    private const string Rtmp = "gate, RTMP play";
    private const string Nginx = "nginx-rtmp, RTMP play";
    private const string PerCore = "players a core";
    private const int QuickPlayers = 10;
    private const int ManyPlayers = 150;

    /// <inheritdoc/>
    public string Name => "fanout";

    /// <inheritdoc/>
    public string Title => "players of one stream served by one core";

    /// <inheritdoc/>
    public async Task RunAsync(ExperimentReport report, CancellationToken ct)
    {
        await using var load = await LoadProcess.StartAsync(HarnessOptions.LoadCore, ct);
        await using var gate = await bench.StartGateAsync("gate", load.SinkPort, isInspecting: false, HarnessOptions.RelayCore, ct);
        await using var push = await bench.StartNginxAsync("nginx-rtmp", load.SinkPort, HarnessOptions.RelayCore, ct);
        report.Note("The relay is alone on core 0; publisher, players and sink share core 1. Players a core are 1 / (CPU seconds per player-second), the one forwarded stream included.");
        var players = bench.Options.IsQuick ? QuickPlayers : ManyPlayers;
        IRelay[] ways =
        [
            new PlayedRelay(gate, Http, load, players, stream => new Uri(gate.Page, $"live/{stream}.flv").ToString()),
            new PlayedRelay(gate, Rtmp, load, players, stream => $"{gate.Target}/{stream}"),
            new PlayedRelay(push, Nginx, load, players, stream => $"{push.Target}/{stream}"),
        ];
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            for (var at = 0; at < ways.Length; at++)
                await MeasureAsync(report, ways[(at + round) % ways.Length], load, players, ct);
        }

        report.Compare(PerCore, ways[0].Name, ways[2].Name);
        report.Compare(PerCore, ways[1].Name, ways[2].Name);
    }

    private async Task MeasureAsync(ExperimentReport report, IRelay way, LoadProcess load, int players, CancellationToken ct)
    {
        var run = await bench.RunAsync(way, load, new RunPlan(ClipKind.Medium, 1, bench.Options.WarmUp, bench.Options.Window), ct);
        report.AddConditions(way.Name, run);
        if (run.Report.Players < players)
            report.Note(string.Create(CultureInfo.InvariantCulture, $"{way.Name}: only {run.Report.Players} of {players} players still played at the end of one window."));
        report.Add(way.Name, PerCore, "players", players / run.RelayCores);
        report.Add(way.Name, "CPU a player", "% of a core", 100 * run.RelayCores / players);
        report.Add(way.Name, "got by a player", "Mbps", 8e-6 * run.Report.PlayedBytes / players / bench.Options.Window.TotalSeconds);
        report.Add(way.Name, "CPU of publisher, players and sink", "% of a core", 100 * run.LoadCores);
    }
}
