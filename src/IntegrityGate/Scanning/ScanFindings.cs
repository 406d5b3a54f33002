using IntegrityGate.Core.Incidents;

namespace IntegrityGate.Scanning;

/// <summary>The journal of a scan: keeps each incident's last state in memory and its pictures in a folder.</summary>
internal sealed class ScanFindings(string? evidenceFolder) : IIncidentSink
{
    private readonly Dictionary<string, Incident> _incidents = [];
    private readonly List<string> _order = [];
    private long _cursor;

    /// <summary>The incidents in the order of their opening.</summary>
    public IReadOnlyList<Incident> Incidents => [.. _order.Select(id => _incidents[id])];

    /// <inheritdoc/>
    public async ValueTask<long> WriteAsync(IncidentChange change, EvidencePicture? picture, CancellationToken cancellationToken)
    {
        if (_incidents.TryAdd(change.Incident.Id, change.Incident))
            _order.Add(change.Incident.Id);
        _incidents[change.Incident.Id] = change.Incident;
        if (picture is not null && evidenceFolder is not null)
        {
            Directory.CreateDirectory(evidenceFolder);
            await File.WriteAllBytesAsync(Path.Combine(evidenceFolder, picture.Id + ".jpg"), picture.Jpeg, cancellationToken);
        }

        return ++_cursor;
    }
}
