using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IntegrityGate.Configuration;

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
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Make(key, names, validFor);
        File.WriteAllText(In(name + ".pem"), certificate.ExportCertificatePem());
        File.WriteAllText(In(name + ".key"), key.ExportPkcs8PrivateKeyPem());
        return Convert.ToHexString(SHA256.HashData(certificate.RawData));
    }

    public CertificateOptions Pem(string name, params string[] names) => new(In(name + ".pem"), In(name + ".key"), "", names);

    private X509Certificate2 Make(ECDsa key, string[] names, TimeSpan? validFor)
    {
        var request = new CertificateRequest("CN=common.example", key, HashAlgorithmName.SHA256);
        if (names.Length > 0)
        {
            var alternatives = new SubjectAlternativeNameBuilder();
            foreach (var name in names)
                alternatives.AddDnsName(name);
            request.CertificateExtensions.Add(alternatives.Build());
        }

        return request.CreateSelfSigned(now.AddDays(-10), now + (validFor ?? TimeSpan.FromDays(30)));
    }
}
