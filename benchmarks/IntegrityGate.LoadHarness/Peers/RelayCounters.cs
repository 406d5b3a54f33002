namespace IntegrityGate.LoadHarness.Peers;

/// <summary>What a relay says of itself; zero where it says nothing.</summary>
/// <param name="Packets">Packets taken from publishers.</param>
/// <param name="Looks">Pictures looked at.</param>
/// <param name="AllocatedBytes">Bytes allocated on the managed heap.</param>
internal readonly record struct RelayCounters(double Packets, double Looks, double AllocatedBytes)
{
    /// <summary>What was counted between two moments.</summary>
    public static RelayCounters operator -(RelayCounters later, RelayCounters earlier) =>
        new(later.Packets - earlier.Packets, later.Looks - earlier.Looks, later.AllocatedBytes - earlier.AllocatedBytes);
}
