using IntegrityGate.Core;

namespace IntegrityGate.Configuration;

/// <summary>One certificate.</summary>
/// <param name="File">PEM with the certificate and those that it is signed by, or PFX.</param>
/// <param name="Key">PEM with the private key; empty when it stands in <paramref name="File"/>.</param>
/// <param name="Password">Password of the key or the PFX; empty for none. Never shown.</param>
/// <param name="Names">Names it is for, <c>*.example.org</c> for any one label; empty: those in the certificate.</param>
public sealed record CertificateOptions(string File, string Key, string Password, ValueList<string> Names)
{
    /// <summary>The files; never the password.</summary>
    public override string ToString() => Key.Length == 0 ? File : $"{File}, {Key}";
}
