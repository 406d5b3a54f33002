using IntegrityGate.Core.Frames;

namespace IntegrityGate.Core.Evidence;

/// <summary>What the next reading of a stream's text is for. A reader may always read more than is asked.</summary>
/// <param name="Scope">How much must be covered.</param>
/// <param name="Place">Where the known label stands, px; null unless the scope is <see cref="TextScope.Place"/>.</param>
public sealed record TextDemand(TextScope Scope, PixelBox? Place)
{
    /// <summary>Read everything.</summary>
    public static TextDemand Whole { get; } = new(TextScope.Whole, null);

    /// <summary>Read where labels and marks stand first.</summary>
    public static TextDemand Edges { get; } = new(TextScope.Edges, null);

    /// <summary>Look after a known label.</summary>
    public static TextDemand At(PixelBox place) => new(TextScope.Place, place);
}
