using IntegrityGate.Core.Time;

namespace IntegrityGate.Reporting.Journal;

/// <summary>An evidence picture that is open for reading; dispose it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IncidentId">The incident it was kept for.</param>
/// <param name="At">Media time of the frame.</param>
/// <param name="Width">Width, px.</param>
/// <param name="Height">Height, px.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">SHA-256 of the bytes when they were written, lower-case hex.</param>
/// <param name="Content">The bytes, from their beginning.</param>
public sealed record EvidenceFile(
    string Id,
    string IncidentId,
    MediaTime At,
    int Width,
    int Height,
    long Length,
    string Sha256,
    Stream Content) : IAsyncDisposable
{
    /// <summary>Media type of the bytes.</summary>
    public string ContentType { get; } = "image/jpeg";

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
