namespace IntegrityGate.Core.Judging;

/// <summary>The label that is to be in the outgoing picture from the next IDR on.</summary>
/// <param name="Tier">The tier whose wording it carries.</param>
/// <param name="Text">The wording, for example <c>AI生成</c>.</param>
/// <param name="HeightFraction">Least glyph height as a share of the picture's shortest side (GB 45438-2025 5.4: 0.05).</param>
/// <param name="Corner">Where it stands.</param>
public sealed record StampDirective(Tier Tier, string Text, double HeightFraction, LabelCorner Corner);
