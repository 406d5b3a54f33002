namespace IntegrityGate.Configuration;

/// <summary>Marks of generators and platforms on the picture.</summary>
/// <param name="Folder">Folder with an operator's text marks (<c>*.json</c>), or empty.</param>
/// <param name="Logos">Folder with logo templates (<c>logos.json</c> and PNG files), or empty.</param>
public sealed record MarkOptions(string Folder, string Logos);
