namespace IntegrityGate.Detection.Models;

/// <summary>One crop of the analysis frame that is given to the network.</summary>
/// <param name="Name">Name, for findings.</param>
/// <param name="ShortSide">The analysis frame is first resized to this short side, px; null: cut from the analysis frame itself.</param>
/// <param name="Position">Where the crop lies in its free range along the long axis: 0 flush with the start, 1 with the end. It is centred on the short axis.</param>
public sealed record FrameView(string Name, int? ShortSide, double Position);
