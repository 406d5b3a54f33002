using IntegrityGate.Core.Evidence;

namespace IntegrityGate.Detection.Text;

/// <summary>A line as it is reported, and the box in which it was found.</summary>
/// <param name="Line">What was read.</param>
/// <param name="Box">Where to read it again.</param>
internal sealed record ReadLine(TextLine Line, RotatedBox Box);
