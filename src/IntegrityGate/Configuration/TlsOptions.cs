using IntegrityGate.Core;

namespace IntegrityGate.Configuration;

/// <summary>What the gate shows to TLS clients.</summary>
/// <param name="Certificates">Certificates; the first is shown to whoever asks for a name that none has. Empty: no TLS.</param>
/// <param name="Reload">How often the files are looked at.</param>
public sealed record TlsOptions(ValueList<CertificateOptions> Certificates, TimeSpan Reload);
