using IntegrityGate.Core.Time;

namespace IntegrityGate.Core.Evidence;

/// <summary>A synthetic-media detector's opinion of one frame.</summary>
/// <param name="At">Presentation time of the frame.</param>
/// <param name="Model">The model.</param>
/// <param name="Score">The frame's score: mean of its views' logits. Compare with <paramref name="Levels"/> only as a mean over independent frames.</param>
/// <param name="Probability">Calibrated probability of being synthetic, 0..1, at equal priors.</param>
/// <param name="ViewScores">One logit a view that was run, in the order of the model's views; the first of them only, when the sentinel's views sufficed.</param>
/// <param name="Levels">The model's review and stamp levels.</param>
/// <param name="OutOfScope">Why the model says nothing about this frame; null when it does. An out-of-scope score is no evidence.</param>
/// <param name="Fingerprint">64-bit perceptual hash of the frame: frames a few bits apart are one observation, not two.</param>
public sealed record SyntheticScore(
    MediaTime At,
    ModelReference Model,
    double Score,
    double Probability,
    IReadOnlyList<double> ViewScores,
    DetectorLevels Levels,
    string? OutOfScope,
    ulong Fingerprint) : EvidenceItem(At, Model);
