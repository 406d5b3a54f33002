namespace IntegrityGate.Reporting.Journal;

/// <summary>What the journal knows of a picture file.</summary>
/// <param name="Id">The picture's id.</param>
/// <param name="IncidentId">The incident it was kept for.</param>
/// <param name="MediaTime">Media time of the frame, ms.</param>
/// <param name="Width">Width, px.</param>
/// <param name="Height">Height, px.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">Lower-case hex.</param>
/// <param name="Path">Path within the evidence folder: <c>yyyy-MM-dd/name.jpg</c>.</param>
internal sealed record EvidenceRow(string Id, string IncidentId, long MediaTime, int Width, int Height, long Length, string Sha256, string Path);
