using IntegrityGate.LoadHarness.Machine;
using IntegrityGate.LoadHarness.Reports;

namespace IntegrityGate.LoadHarness;

/// <summary>All that one invocation found.</summary>
/// <param name="Machine">Where.</param>
/// <param name="Options">With which options.</param>
/// <param name="Reports">What.</param>
internal sealed record HarnessResult(MachineDescription Machine, HarnessOptions Options, IReadOnlyList<ExperimentReport> Reports);
