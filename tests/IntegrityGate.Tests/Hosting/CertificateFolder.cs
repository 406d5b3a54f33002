using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IntegrityGate.Configuration;
using IntegrityGate.Media.Tests.Rtmp;

namespace IntegrityGate.Tests.Hosting;

/// <summary>Writes certificates to files, as an operator's tools do.</summary>
internal sealed class CertificateFolder(DateTimeOffset now) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("integritygate-certificates-");

    public void Dispose() => _folder.Delete(recursive: true);

    public string In(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>A pair of PEM files.</summary>
    /// <returns>The SHA-256 of the certificate.</returns>
    public string WritePem(string name, string[] names, TimeSpan? validFor = null)
    {
        using var certificate = TestCertificate.Create("common.example", names, now.AddDays(-10), now + (validFor ?? TimeSpan.FromDays(30)));
        using var key = certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(In(name + ".pem"), certificate.ExportCertificatePem());
        File.WriteAllText(In(name + ".key"), key.ExportPkcs8PrivateKeyPem());
        return Convert.ToHexString(SHA256.HashData(certificate.RawData));
    }

    public CertificateOptions Pem(string name, params string[] names) => new(In(name + ".pem"), In(name + ".key"), "", [.. names]);
}
