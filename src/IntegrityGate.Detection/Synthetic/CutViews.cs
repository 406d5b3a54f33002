namespace IntegrityGate.Detection.Synthetic;

/// <summary>What cutting a frame's views found out besides the views.</summary>
/// <param name="MeanChroma">Mean |Cb-128| + |Cr-128| of the resized views (BT.601 full range), 0..255.</param>
/// <param name="Fingerprint">64-bit perceptual hash of the frame.</param>
/// <param name="Enlarged">True when the frame was smaller than the model's smallest and had to be enlarged.</param>
internal readonly record struct CutViews(double MeanChroma, ulong Fingerprint, bool Enlarged);
