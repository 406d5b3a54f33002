namespace IntegrityGate.Core.Evidence;

/// <summary>Which model said something: written into every finding, so that an appeal can be answered.</summary>
/// <param name="Name">Model folder name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Sha256">Lower-case hex SHA-256 of the weights file.</param>
public sealed record ModelReference(string Name, string Version, string Sha256);
