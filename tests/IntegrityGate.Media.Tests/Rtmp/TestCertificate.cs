using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>Certificates that nobody signed but themselves.</summary>
internal static class TestCertificate
{
    /// <summary>One for a name, valid now.</summary>
    public static X509Certificate2 Create(string name) => Create(name, [name], DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

    /// <summary>One with a common name and other names, or none.</summary>
    public static X509Certificate2 Create(string commonName, IReadOnlyCollection<string> names, DateTimeOffset from, DateTimeOffset to)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={commonName}", key, HashAlgorithmName.SHA256);
        if (names.Count > 0)
        {
            var alternatives = new SubjectAlternativeNameBuilder();
            foreach (var name in names)
                alternatives.AddDnsName(name);
            request.CertificateExtensions.Add(alternatives.Build());
        }

        using var made = request.CreateSelfSigned(from, to);
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
    }

    /// <summary>Certificate and key as one PEM file.</summary>
    public static string Pem(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        return certificate.ExportCertificatePem() + "\n" + key.ExportECPrivateKeyPem() + "\n";
    }
}
