namespace IntegrityGate.Core.Incidents;

/// <summary>Where incidents go: the journal, which writes before it publishes.</summary>
public interface IIncidentSink
{
    /// <summary>Writes a change durably, then publishes it. Returns when it is durable.</summary>
    /// <param name="change">The change.</param>
    /// <param name="picture">A picture to keep with it, or null.</param>
    /// <param name="cancellationToken">Gives up waiting; the change may still be written.</param>
    /// <returns>The change's cursor on the feed.</returns>
    /// <exception cref="IOException">The journal could not be written.</exception>
    ValueTask<long> WriteAsync(IncidentChange change, EvidencePicture? picture, CancellationToken cancellationToken);
}
