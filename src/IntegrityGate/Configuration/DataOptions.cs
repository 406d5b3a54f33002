namespace IntegrityGate.Configuration;

/// <summary>Journal, evidence and secret.</summary>
public sealed record DataOptions(string Folder, TimeSpan KeepIncidents, TimeSpan KeepEvidence, long MaxEvidenceBytes);
