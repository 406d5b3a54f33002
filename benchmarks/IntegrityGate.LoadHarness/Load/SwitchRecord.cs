namespace IntegrityGate.LoadHarness.Load;

/// <summary>The first stamped picture of a stream.</summary>
/// <param name="Milliseconds">From the hand-over of the stream's first key frame to the arrival of the first video packet that differs from the published one.</param>
/// <param name="Gops">GOPs of the source that went through unstamped before it.</param>
/// <param name="LatencyMilliseconds">That packet's own way through the gate.</param>
internal sealed record SwitchRecord(double Milliseconds, int Gops, double LatencyMilliseconds);
