namespace IntegrityGate.Detection.Text;

/// <summary>A line as the recogniser has it.</summary>
/// <param name="Text">The characters.</param>
/// <param name="Confidence">Mean probability of the characters, 0..1; 0 when there are none.</param>
/// <param name="Characters">Where each character stands: its class text and the middle of its time steps as a share of all steps, 0..1.</param>
internal sealed record RecognisedText(string Text, double Confidence, IReadOnlyList<(string Text, double Position)> Characters);
