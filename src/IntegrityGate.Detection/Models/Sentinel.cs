namespace IntegrityGate.Detection.Models;

/// <summary>
/// A pack's cheap first look (<c>cascade</c> in model.json): its first views alone. A frame that they score far under the review level
/// needs no more; any other is scored by all views.
/// </summary>
/// <param name="Views">How many views, the first of the model's; at least 1 and fewer than all.</param>
/// <param name="Margin">In logits. A sentinel score at or above the review level less this calls for all views.</param>
public sealed record Sentinel(int Views, double Margin);
