namespace IntegrityGate.Configuration;

/// <summary>What the gate shows to TLS clients.</summary>
/// <param name="Certificates">Certificates; the first is shown to whoever asks for a name that none has. Empty: no TLS.</param>
/// <param name="Reload">How often the files are looked at.</param>
public sealed record TlsOptions(IReadOnlyList<CertificateOptions> Certificates, TimeSpan Reload)
{
    /// <inheritdoc/>
    public bool Equals(TlsOptions? other) => other is not null && Reload == other.Reload && Certificates.SequenceEqual(other.Certificates);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Certificates.Count, Reload);
}
