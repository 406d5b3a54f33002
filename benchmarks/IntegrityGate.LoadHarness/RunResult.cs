using IntegrityGate.LoadHarness.Load;
using IntegrityGate.LoadHarness.Peers;

namespace IntegrityGate.LoadHarness;

/// <summary>One measurement.</summary>
/// <param name="Streams">Publishers.</param>
/// <param name="RelayCores">CPU seconds of the relay and its children a second.</param>
/// <param name="LoadCores">CPU seconds of publishers and sink a second.</param>
/// <param name="RelayPrivateBytes">The relay's private memory at the end.</param>
/// <param name="OthersCores">What anybody else used of the machine meanwhile, cores.</param>
/// <param name="Report">What arrived.</param>
/// <param name="Counters">What the relay counted meanwhile.</param>
internal sealed record RunResult(
    int Streams, double RelayCores, double LoadCores, long RelayPrivateBytes, double OthersCores, LoadReport Report, RelayCounters Counters)
{
    /// <summary>
    /// CPU seconds of the relay per second of media that came out of it, in percent of a core. A relay that falls behind in the window did less
    /// work than it was asked to; without this it would look cheap.
    /// </summary>
    public double CpuPercentPerStream => 100 * RelayCores / (Streams * Report.Delivered);
}
