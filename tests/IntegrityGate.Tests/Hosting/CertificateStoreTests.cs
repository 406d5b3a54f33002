using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IntegrityGate.Configuration;
using IntegrityGate.Hosting.Listeners;
using IntegrityGate.Media.Tests.Rtmp;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IntegrityGate.Tests.Hosting;

public sealed class CertificateStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("certificates-");
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("one.example", "one.example")]
    [InlineData("ONE.example", "one.example")]
    [InlineData("a.two.example", "*.two.example")]
    [InlineData("a.b.two.example", "one.example")]
    [InlineData("two.example", "one.example")]
    [InlineData("", "one.example")]
    [InlineData("elsewhere", "one.example")]
    public void A_client_gets_the_certificate_for_the_name_it_asks_for_or_the_first(string asked, string shown)
    {
        using var store = Store(Pem("one.example"), Pem("*.two.example"));
        Assert.Equal("CN=" + shown, Shown(store, asked));
    }

    [Fact]
    public void A_replaced_file_is_shown_from_the_next_look_on_and_a_bad_one_never()
    {
        var file = Pem("old.example");
        using var store = Store(file);
        File.WriteAllText(file.File, "no certificate");
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("CN=old.example", Shown(store, ""));
        File.Delete(file.File);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("CN=old.example", Shown(store, ""));
        File.Copy(Pem("new.example").File, file.File);
        Assert.Equal("CN=old.example", Shown(store, ""));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("CN=new.example", Shown(store, ""));
    }

    [Fact]
    public void A_PFX_and_an_encrypted_key_open_with_their_password()
    {
        using var certificate = Create("pfx.example");
        var pfx = Path.Combine(_folder.FullName, "one.pfx");
        File.WriteAllBytes(pfx, certificate.Export(X509ContentType.Pfx, "secret"));
        var (pem, key) = (Path.Combine(_folder.FullName, "one.pem"), Path.Combine(_folder.FullName, "one.key"));
        File.WriteAllText(pem, certificate.ExportCertificatePem());
        using var secret = certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(key, secret.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
        using var store = Store(new CertificateOptions(pfx, "", "secret", []), new CertificateOptions(pem, key, "secret", []));
        Assert.Equal("CN=pfx.example", Shown(store, "pfx.example"));
    }

    [Fact]
    public void What_cannot_be_used_is_named_with_its_path_and_without_its_password()
    {
        var exception = Assert.Throws<ConfigurationException>(() => Store(Pem("fine.example"), new CertificateOptions("/nowhere/cert.pem", "", "secret", [])));
        var error = Assert.Single(exception.Errors);
        Assert.StartsWith("tls.certificates.1: /nowhere/cert.pem cannot be used", error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }

    private static string Shown(CertificateStore store, string name) => store.Select(name).ServerCertificateContext!.TargetCertificate.Subject;

    private CertificateStore Store(params CertificateOptions[] certificates) =>
        new(new TlsOptions([.. certificates], TimeSpan.FromMinutes(1)), _time, NullLogger<CertificateStore>.Instance);

    private CertificateOptions Pem(string name)
    {
        using var certificate = Create(name);
        using var key = certificate.GetECDsaPrivateKey()!;
        var file = Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N") + ".pem");
        File.WriteAllText(file, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        return new CertificateOptions(file, "", "", []);
    }

    private static X509Certificate2 Create(string name) => TestCertificate.Create(name, [name], DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
}
