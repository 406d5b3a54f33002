using System.Diagnostics.Metrics;
using IntegrityGate.Core.Telemetry;
using IntegrityGate.Enforcement.Judging;

namespace IntegrityGate.Looking;

/// <summary>What looking at a stream costs, for clean and for suspicious streams by themselves: ms of CPU over s of media is a thousandth of a core a stream.</summary>
internal static class StreamCostMetrics
{
    private static readonly Counter<double> s_cpu = GateTelemetry.Meter.CreateCounter<double>(
        "integritygate.look.cpu", "ms", "CPU time that looks took, all stages together, by what was held of the stream: new, clean or suspicious.");

    private static readonly Counter<double> s_media = GateTelemetry.Meter.CreateCounter<double>(
        "integritygate.look.media", "s", "Media time that passed between looks, by what was held of the stream; integritygate.look.cpu over this is the cost of one such stream.");

    /// <summary>Counts a look.</summary>
    /// <param name="standing">What was held of the stream when the look was taken.</param>
    /// <param name="cpu">CPU time of the look.</param>
    /// <param name="media">Media time since the look before; zero for the first, and where the clock began anew.</param>
    public static void Count(LookStanding standing, TimeSpan cpu, TimeSpan media)
    {
        var tag = new KeyValuePair<string, object?>("stream", standing switch
        {
            LookStanding.New => "new",
            LookStanding.Clean => "clean",
            _ => "suspicious",
        });
        s_cpu.Add(cpu.TotalMilliseconds, tag);
        if (media > TimeSpan.Zero)
            s_media.Add(media.TotalSeconds, tag);
    }
}
