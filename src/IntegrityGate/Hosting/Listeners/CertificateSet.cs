using System.Collections.Frozen;

namespace IntegrityGate.Hosting.Listeners;

/// <summary>Certificates by the names they are for. Immutable.</summary>
internal sealed class CertificateSet
{
    private readonly FrozenDictionary<string, ServedCertificate> _byName;
    private readonly ServedCertificate _default;

    /// <param name="certificates">At least one; the first is for clients that ask for none of the names, and of two with one name the earlier counts.</param>
    public CertificateSet(IReadOnlyList<ServedCertificate> certificates)
    {
        _default = certificates[0];
        Dictionary<string, ServedCertificate> byName = new(StringComparer.OrdinalIgnoreCase);
        foreach (var certificate in certificates)
        {
            foreach (var name in certificate.Names)
                byName.TryAdd(name, certificate);
        }

        _byName = byName.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The certificate for a name: the exact one, then a wildcard's, which stands for one whole label (RFC 6125, 6.4.3), then the first.</summary>
    /// <param name="name">What the client asks for (RFC 6066, 3); empty when it asks for nothing.</param>
    public ServedCertificate Find(string name)
    {
        if (_byName.TryGetValue(name, out var exact))
            return exact;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && _byName.TryGetValue("*" + name[dot..], out var wild) ? wild : _default;
    }
}
