namespace IntegrityGate.LoadHarness.Peers;

/// <summary>What a measurement changes of the gate's defaults.</summary>
/// <param name="IsInspecting">Looks into streams, or only forwards.</param>
/// <param name="Preset">x264 preset of the stamped GOPs.</param>
internal sealed record GateSettings(bool IsInspecting, string Preset = "veryfast")
{
    /// <summary>The settings file.</summary>
    public string ToYaml() => $"""
        rtmp:
          limits:
            maxConnections: 100000
            maxConnectionsPerAddress: 100000
            idleTimeout: 1m
        inspection:
          enabled: {(IsInspecting ? "true" : "false")}
          interval: 2s
        stamp:
          preset: {Preset}

        """;
}
