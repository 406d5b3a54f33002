using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Judging;
using IntegrityGate.Enforcement.Judging;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Routing;

namespace IntegrityGate.Configuration;

/// <summary>Turns a configuration tree into <see cref="GateOptions"/>, or into all its errors at once.</summary>
public static class GateOptionsReader
{
    private static readonly string[] Presets = ["ultrafast", "superfast", "veryfast", "faster", "fast", "medium"];

    /// <summary>Reads and validates.</summary>
    /// <exception cref="ConfigurationException">There are errors; it carries each with its path.</exception>
    public static GateOptions Read(IConfiguration configuration)
    {
        var errors = new List<string>();
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var root = new SectionReader(configuration, "", errors, known);
        var tls = ListenersReader.Tls(root.Section("tls"));
        var upstream = Upstream(root.Section("upstream"));
        var rules = RulesOptionsReader.Read(root.Section("rules"));
        var policy = Policy(root.Section("policy"));
        var stamp = Stamp(root.Section("stamp"));
        var inspection = InspectionOptionsReader.Read(root.Section("inspection"));
        var options = new GateOptions(
            ListenersReader.Rtmp(root.Section("rtmp")),
            ListenersReader.Rtmps(root.Section("rtmps")),
            tls,
            ListenersReader.Listen(root.Section("http"), tls),
            ListenersReader.Listen(root.Section("grpc"), tls),
            upstream,
            RoutesReader.Read(root, DefaultRoute(upstream, policy, rules, stamp, inspection)),
            Continuity(root.Section("continuity")),
            Data(root.Section("data")),
            Platform(root.Section("platform")),
            inspection,
            rules,
            policy,
            stamp,
            Play(root.Section("play")),
            root.Section("feed").Duration("heartbeat", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),
            Telemetry(root.Section("telemetry")),
            AccessOptionsReader.Read(root.Section("access")),
            ListenersReader.Shutdown(root.Section("shutdown")),
            ListenersReader.ReusePort(root))
        {
            Marks = Marks(root.Section("marks")),
            FalseAlarms = FalseAlarms(root.Section("falseAlarms")),
        };
        RefuseUnknownKeys(configuration, known, errors);
        return errors.Count == 0 ? options : throw new ConfigurationException([.. errors.Distinct()]);
    }

    private static UpstreamOptions Upstream(SectionReader s)
    {
        RtmpTarget? target = null;
        if (s.Text("url") is { Length: > 0 } text && !RtmpTarget.TryParse(text, out target, out var reason, needsApp: false))
            s.Fail("url", reason);
        var min = s.Duration("reconnectMin", TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        var max = s.Duration("reconnectMax", TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(10));
        if (max < min)
            s.Fail("reconnectMax", $"{max} is under reconnectMin {min}");
        return new UpstreamOptions(
            target,
            s.Duration("connectTimeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
            min,
            max,
            s.Size("buffer", 1 << 20, 1L << 30));
    }

    private static StreamRoute DefaultRoute(UpstreamOptions upstream, PolicyOptions policy, RulesOptions rules, StampOptions stamp, InspectionOptions inspection) => new()
    {
        Name = StreamRoute.DefaultName,
        Upstreams = upstream.Target is { } target ? [new UpstreamTemplate(target, null)] : [],
        Policy = policy,
        Rules = rules,
        Stamp = stamp,
        Inspection = inspection,
    };

    private static ContinuityOptions Continuity(SectionReader s) => new(
        s.Duration("hold", TimeSpan.Zero, TimeSpan.FromMinutes(10)),
        s.Duration("keepAlive", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)));

    private static DataOptions Data(SectionReader s) => new(
        s.Required("folder"),
        s.Duration("keepIncidents", TimeSpan.FromDays(1), TimeSpan.FromDays(36500)),
        s.Duration("keepEvidence", TimeSpan.FromDays(1), TimeSpan.FromDays(36500)),
        s.Size("maxEvidence", 1 << 20, 1L << 50));

    private static PropagatorIdentity Platform(SectionReader s)
    {
        if (PropagatorIdentity.TryParse(s.Text("code"), out var identity, out var reason))
            return identity!;
        s.Fail("code", reason);
        return new PropagatorIdentity("-");
    }

    private static MarkOptions Marks(SectionReader s) => new(s.Text("folder"), s.Text("logos"));

    private static FalseAlarmOptions FalseAlarms(SectionReader s)
    {
        var options = new FalseAlarmOptions(
            s.Text("flagged").Length == 0 ? null : s.Number("flagged", 0, 1),
            s.Text("labels").Length == 0 ? null : s.Number("labels", 0, 1e6),
            s.Text("figures"));
        if (options.Figures.Length > 0 && !options.IsSet)
            s.Fail("figures", "is of no use without flagged or labels");
        return options;
    }

    internal static PolicyOptions Policy(SectionReader s) => new(
        s.Choice<EnforcementAct>("metadata"),
        s.Choice<EnforcementAct>("declaration"),
        s.Choice<EnforcementAct>("visibleMark"),
        s.Choice<EnforcementAct>("audibleMark"),
        s.Choice<EnforcementAct>("reviewer"),
        s.Choice<EnforcementAct>("detectorStamp"),
        s.Choice<EnforcementAct>("detectorReview"),
        s.Choice<DuplicatePublisher>("duplicatePublisher"));

    internal static StampOptions Stamp(SectionReader s) => new(
        s.Choice<StampDuration>("duration"),
        s.Choice<LabelCorner>("corner"),
        s.Number("heightMargin", 1.0, 4.0),
        s.Text("font"),
        Preset(s, "preset"),
        Preset(s, "hevcPreset"),
        s.Integer("av1Preset", 8, 13),
        s.Duration("maxLag", TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30)));

    private static string Preset(SectionReader s, string key)
    {
        var preset = s.Required(key);
        if (!Presets.Contains(preset))
            s.Fail(key, $"'{preset}' is not one of {string.Join(", ", Presets)}");
        return preset;
    }

    private static PlayOptions Play(SectionReader s) => new(s.Size("gopCache", 0, 1L << 30), s.Size("queue", 64 << 10, 1L << 30));

    private static TelemetryOptions Telemetry(SectionReader s)
    {
        Uri? otlp = null;
        var text = s.Text("otlp");
        if (text.Length > 0 && (!Uri.TryCreate(text, UriKind.Absolute, out otlp) || otlp.Scheme is not ("http" or "https")))
            s.Fail("otlp", "is not an http:// or https:// URL");
        return new TelemetryOptions(otlp, s.Number("traceRatio", 0, 1));
    }

    private static void RefuseUnknownKeys(IConfiguration configuration, HashSet<string> known, List<string> errors)
    {
        var roots = known.Select(k => k.Split(':')[0]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in configuration.AsEnumerable())
        {
            // Only leaves, and only under our own roots or at the top of a file; the host adds keys of its own (ASPNETCORE_…).
            if (value is null || known.Contains(key) || !roots.Contains(key.Split(':')[0]) || known.Any(k => key.StartsWith(k + ":", StringComparison.OrdinalIgnoreCase)))
                continue;
            errors.Add($"{key.Replace(':', '.')}: is not a setting");
        }
    }
}
