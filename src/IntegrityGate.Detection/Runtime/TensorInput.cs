namespace IntegrityGate.Detection.Runtime;

/// <summary>The one input that a network must have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape, for error messages.</param>
/// <param name="Fits">Whether the graph's dimensions are of that shape; a dimension of -1 is free.</param>
internal sealed record TensorInput(string Name, string Shape, Func<int[], bool> Fits);
