namespace IntegrityGate.LoadHarness.Peers;

/// <summary>What a relay says of itself; zero where it says nothing.</summary>
/// <param name="Packets">Packets taken from publishers.</param>
/// <param name="Looks">Pictures looked at.</param>
/// <param name="AllocatedBytes">Bytes allocated on the managed heap.</param>
/// <param name="StageMilliseconds">CPU time of looks by stage, ms.</param>
internal sealed record RelayCounters(double Packets, double Looks, double AllocatedBytes, IReadOnlyDictionary<string, double> StageMilliseconds)
{
    /// <summary>Of a relay that says nothing.</summary>
    public static RelayCounters None { get; } = new(0, 0, 0, new Dictionary<string, double>());

    /// <summary>What was counted between two moments.</summary>
    public static RelayCounters operator -(RelayCounters later, RelayCounters earlier) => new(
        later.Packets - earlier.Packets,
        later.Looks - earlier.Looks,
        later.AllocatedBytes - earlier.AllocatedBytes,
        later.StageMilliseconds.ToDictionary(stage => stage.Key, stage => stage.Value - earlier.StageMilliseconds.GetValueOrDefault(stage.Key)));
}
