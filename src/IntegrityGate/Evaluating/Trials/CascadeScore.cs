namespace IntegrityGate.Evaluating.Trials;

/// <summary>What the cascade made of an item, beside all views.</summary>
/// <param name="Score">Score of a picture; of a clip the mean over its frames in scope.</param>
/// <param name="Views">Views run a frame: a mean for clips.</param>
internal sealed record CascadeScore(double Score, double Views);
