using System.Globalization;
using IntegrityGate.Detection;
using IntegrityGate.Detection.Models;
using IntegrityGate.Detection.Runtime;
using IntegrityGate.Enforcement.Judging.Replays;
using IntegrityGate.Looking.Scheduling;

namespace IntegrityGate.Configuration;

/// <summary>Reads the section <c>inspection</c>.</summary>
internal static class InspectionOptionsReader
{
    /// <summary>Reads it; errors land in the reader.</summary>
    public static InspectionOptions Read(SectionReader s) => Pace(
        s,
        new InspectionOptions(
            false,
            s.Required("models"),
            s.Text("detector"),
            s.Choice<ModelVariant>("variant"),
            Budget(s),
            default,
            default,
            default,
            default,
            default,
            new LookTiming
            {
                Jitter = s.Number("jitter", 0, 1),
                BetweenKeyFrames = s.Number("betweenKeyFrames", 0, 1),
                SceneInterval = s.Duration("sceneInterval", TimeSpan.Zero, TimeSpan.FromMinutes(1)),
            },
            Seed(s),
            s.Integer("decodeWorkers", 1, 64),
            s.Duration("decodeTimeout", TimeSpan.FromMilliseconds(500), TimeSpan.FromMinutes(1)),
            s.Duration("maxUnseen", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            new ReplayOptions(),
            new AudioOptions(false, default, default, s.Section("audio").Text("clips"), s.Section("audio").Text("detector")))
        {
            Cascade = Cascade(s.Section("cascade")),
            Provider = Provider(s),
            ModelsReload = s.Duration("modelsReload", TimeSpan.Zero, TimeSpan.FromDays(1)),
        });

    /// <summary>What of looking may differ from route to route: not what all streams share, as the budget, or the floor that it is planned by.</summary>
    public static InspectionOptions Pace(SectionReader s, InspectionOptions common) => common with
    {
        Enabled = s.Flag("enabled"),
        Interval = s.Duration("interval", TimeSpan.FromMilliseconds(200), TimeSpan.FromMinutes(10)),
        UndecidedInterval = s.Duration("undecidedInterval", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
        TextInterval = s.Duration("textInterval", TimeSpan.FromMilliseconds(200), TimeSpan.FromHours(1)),
        CalmInterval = s.Duration("calmInterval", TimeSpan.FromMilliseconds(200), TimeSpan.FromMinutes(10)),
        CalmAfter = s.Duration("calmAfter", TimeSpan.Zero, TimeSpan.FromDays(1)),
        Replays = Replays(s.Section("replays")),
        Audio = Audio(s.Section("audio"), common.Audio),
    };

    private static ReplayOptions Replays(SectionReader s) => new()
    {
        Enabled = s.Flag("enabled"),
        MinRepeats = s.Integer("minRepeats", 1, 1000),
        MinPeriod = s.Duration("minPeriod", TimeSpan.FromMilliseconds(500), TimeSpan.FromHours(1)),
        StillAfter = s.Duration("stillAfter", TimeSpan.Zero, TimeSpan.FromDays(1)),
        MemoryLooks = s.Integer("memoryLooks", 16, 43_200),
    };

    private static CascadeOptions Cascade(SectionReader s) => new()
    {
        Enabled = s.Flag("enabled"),
        Margin = s.Text("margin").Length == 0 ? null : s.Number("margin", 0, 100),
    };

    private static ExecutionProvider Provider(SectionReader s)
    {
        var provider = s.Choice<ExecutionProvider>("provider");
        if (ExecutionProviders.Refuse(provider) is { } refusal)
            s.Fail("provider", refusal);
        return provider;
    }

    private static AudioOptions Audio(SectionReader s, AudioOptions common) => common with
    {
        Enabled = s.Flag("enabled"),
        Interval = s.Duration("interval", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),
        // Under 5 s no rhythm of the usual speed fits with its margins; 60 s of sound take 4 MB.
        Window = s.Duration("window", TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1)),
    };

    private static CpuBudget Budget(SectionReader s)
    {
        var text = s.Text("budget");
        if (!CpuBudget.TryParse(text, Environment.ProcessorCount, out var budget))
            s.Fail("budget", $"'{text}' is not off, a number of cores such as 1.5 or a share of the machine such as 75%, at least {CpuBudget.LeastCores.ToString(CultureInfo.InvariantCulture)} cores");
        return budget;
    }

    private static ulong? Seed(SectionReader s)
    {
        var text = s.Text("seed");
        if (text.Length == 0)
            return null;
        if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
            s.Fail("seed", $"'{text}' is not a whole number from 0 to {ulong.MaxValue}");
        return seed;
    }
}
