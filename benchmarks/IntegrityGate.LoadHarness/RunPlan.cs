using IntegrityGate.LoadHarness.Clips;

namespace IntegrityGate.LoadHarness;

/// <summary>One measurement to make.</summary>
/// <param name="Clip">What is published.</param>
/// <param name="Streams">By how many publishers.</param>
/// <param name="WarmUp">Streaming before.</param>
/// <param name="Window">Measuring.</param>
/// <param name="Aigc">JSON of the <c>AIGC</c> property with which the streams declare themselves generated; with it the measurement waits for the stamp.</param>
internal sealed record RunPlan(ClipKind Clip, int Streams, TimeSpan WarmUp, TimeSpan Window, string? Aigc = null);
