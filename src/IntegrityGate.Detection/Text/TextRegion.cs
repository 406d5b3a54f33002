namespace IntegrityGate.Detection.Text;

/// <summary>A line's core on the probability map.</summary>
/// <param name="Box">The smallest rectangle around it, map px; upright when it is nearly so.</param>
/// <param name="Score">Mean probability of its px, 0..1.</param>
internal readonly record struct TextRegion(RotatedBox Box, double Score);
