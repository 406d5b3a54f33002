namespace IntegrityGate.Evaluating.Figures;

/// <summary>What a class has at a rate.</summary>
/// <param name="Items">Items with a score.</param>
/// <param name="Sources">Sources that they are of.</param>
/// <param name="OutOfScope">Items about which the model says nothing; in no figure.</param>
/// <param name="TooSmall">Items smaller than the rate's size; in no figure.</param>
/// <param name="Failed">Items that could not be read.</param>
internal sealed record ClassCount(int Items, int Sources, int OutOfScope, int TooSmall, int Failed);
