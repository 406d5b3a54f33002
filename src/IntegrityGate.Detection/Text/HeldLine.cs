namespace IntegrityGate.Detection.Text;

/// <summary>A line that was read before, and how its place looked then.</summary>
/// <param name="Read">The line.</param>
/// <param name="Print">Its place when it was read.</param>
internal sealed record HeldLine(ReadLine Read, LinePrint Print);
